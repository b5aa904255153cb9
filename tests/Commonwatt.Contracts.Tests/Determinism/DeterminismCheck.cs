using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace Commonwatt.Contracts.Tests.Determinism;

/// <summary>Finds what may differ between two machines in compiled code.</summary>
internal static partial class DeterminismCheck
{
    // What a call or a type must not match, and why.
    private static readonly (Regex Pattern, string Reason)[] Banned =
    [
        (FloatingPoint(), "floating point"),
        (HashCodes(), "a hash code used as data"),
        (Reflection(), "reflection"),
        (Clocks(), "a clock"),
        (Randomness(), "randomness"),
        (Threads(), "threads"),
        (InputAndOutput(), "input or output, or the machine it runs on"),
        (WrappingWideArithmetic(), "128-bit arithmetic that wraps"),
        (Cultures(), "text that depends on a culture"),
        (HashOrder(), "an enumeration in the order of hash codes"),
    ];

    /// <summary>All that is wrong in the types of an assembly that are wanted, each with the method it is in.</summary>
    public static List<string> Run(string path, Func<string, bool> isWanted)
    {
        using var file = new PEReader(File.OpenRead(path));
        MetadataReader reader = file.GetMetadataReader();
        var found = new List<string>();
        foreach (TypeDefinitionHandle type in reader.TypeDefinitions)
        {
            string name = TypeNames.Of(reader, type);
            // The compiler's own: hashes of strings for switches, whose values are the same everywhere.
            if (name.Contains("<PrivateImplementationDetails>", StringComparison.Ordinal) || !isWanted(name))
            {
                continue;
            }

            found.AddRange(MutableStatics(reader, type, name));
            foreach (CompiledMethod method in CompiledMethod.Of(file, reader, type))
            {
                found.AddRange(Check(method).Select(wrong => $"{method.Name}: {wrong}"));
            }
        }

        return found;
    }

    private static IEnumerable<string> Check(CompiledMethod method)
    {
        // Members that the compiler and protobuf write for hash tables in memory: defined, and refused where they are called.
        // The enumerator of an iterator asks for its thread, to be handed out twice: nothing of that is seen from outside.
        if (method.Name.EndsWith(".GetHashCode", StringComparison.Ordinal) || IsIteratorPlumbing(method.Name))
        {
            yield break;
        }

        foreach (string type in method.Types)
        {
            if (FloatingPoint().IsMatch(type))
            {
                yield return $"floating point: {type}";
            }
        }

        for (int index = 0; index < method.Instructions.Count; index++)
        {
            Instruction one = method.Instructions[index];
            if (Wrap(method.Instructions, index) is { } wraps)
            {
                yield return wraps;
            }

            foreach ((Regex pattern, string reason) in Banned)
            {
                if (one.Member.Length > 0 && pattern.IsMatch(one.Member) && !IsOfRecord(method, one))
                {
                    yield return $"{reason}: {one.Member}";
                }
            }
        }

        if (EnumeratesWhatMayBeHashed(method))
        {
            yield return "an enumeration in the order of hash codes, perhaps: it has a hash table and enumerates by an interface or LINQ";
        }
    }

    // Arithmetic without a check for overflow; the compiler writes it itself only where it cannot overflow.
    private static string? Wrap(IReadOnlyList<Instruction> code, int index)
    {
        Instruction one = code[index];
        if (one.Is(OpCodes.Ldc_R4, OpCodes.Ldc_R8, OpCodes.Conv_R4, OpCodes.Conv_R8, OpCodes.Conv_R_Un, OpCodes.Ckfinite))
        {
            return $"floating point: {one.Code}";
        }

        bool narrows = one.Is(OpCodes.Conv_I1, OpCodes.Conv_I2, OpCodes.Conv_I4, OpCodes.Conv_U1, OpCodes.Conv_U2, OpCodes.Conv_U4);
        bool computes = one.Is(OpCodes.Add, OpCodes.Sub, OpCodes.Mul, OpCodes.Neg);
        return (narrows || computes) && !IsCompilers(code, index) ? $"unchecked arithmetic: {one.Code}" : null;
    }

    private static bool IsCompilers(IReadOnlyList<Instruction> code, int index)
    {
        Instruction one = code[index];
        Instruction before = index > 0 ? code[index - 1] : default;
        Instruction after = index + 1 < code.Count ? code[index + 1] : default;

        // The length of an array is a native integer, and fits.
        if (one.Is(OpCodes.Conv_I4) && before.Is(OpCodes.Ldlen))
        {
            return true;
        }

        // foreach over an array or a span, and a collection expression, count an index of their own up to a length. What people write is add.ovf.
        if (one.Is(OpCodes.Add) && before.Is(OpCodes.Ldc_I4_1) && StoresInt(after) && index >= 2 && LoadsInt(code[index - 2]))
        {
            return true;
        }

        return one.Is(OpCodes.Sub) && (IsOffset(after, index + 2 < code.Count ? code[index + 2] : default) || IsFromTheEnd(code, index));
    }

    // A switch over values that do not start at zero shifts them first, and a pattern of neighbouring values compares their unsigned
    // distance from the first; what wraps falls outside.
    private static bool IsOffset(Instruction after, Instruction second) =>
        after.Is(OpCodes.Switch) || second.Is(OpCodes.Bgt_Un, OpCodes.Bgt_Un_S, OpCodes.Ble_Un, OpCodes.Ble_Un_S, OpCodes.Cgt_Un);

    // A range or an index from the end takes a length less something, and what it is used for checks its bounds.
    private static bool IsFromTheEnd(IReadOnlyList<Instruction> code, int index)
    {
        for (int back = index - 1; back >= int.Max(0, index - 3); back--)
        {
            if (code[back].Member.Contains(".get_Length(", StringComparison.Ordinal) || code[back].Is(OpCodes.Ldlen))
            {
                Instruction use = index + 1 < code.Count ? code[index + 1] : default;
                return use.Is(OpCodes.Ldelem, OpCodes.Ldelem_Ref, OpCodes.Ldelema) || Bounded().IsMatch(use.Member);
            }
        }

        return false;
    }

    private static bool LoadsInt(Instruction one) =>
        one.Is(OpCodes.Ldloc_0, OpCodes.Ldloc_1, OpCodes.Ldloc_2, OpCodes.Ldloc_3, OpCodes.Ldloc_S, OpCodes.Ldloc)
        || (one.Is(OpCodes.Ldfld) && one.Member.Contains(".<>", StringComparison.Ordinal));

    private static bool StoresInt(Instruction one) =>
        one.Is(OpCodes.Stloc_0, OpCodes.Stloc_1, OpCodes.Stloc_2, OpCodes.Stloc_3, OpCodes.Stloc_S, OpCodes.Stloc)
        || (one.Is(OpCodes.Stfld) && one.Member.Contains(".<>", StringComparison.Ordinal));

    // The equality contract of a record names its own type, and two of different types are not equal.
    private static bool IsOfRecord(CompiledMethod method, Instruction one) =>
        (method.Name.EndsWith(".get_EqualityContract", StringComparison.Ordinal) && one.Member.StartsWith("System.Type.GetTypeFromHandle(", StringComparison.Ordinal))
        || (method.Name.EndsWith(".Equals", StringComparison.Ordinal) && one.Member.StartsWith("System.Type.op_Equality(", StringComparison.Ordinal));

    private static bool IsIteratorPlumbing(string name) =>
        name.Contains(">d__", StringComparison.Ordinal)
        && (name.EndsWith("..ctor", StringComparison.Ordinal) || name.Contains("GetEnumerator", StringComparison.Ordinal));

    private static bool EnumeratesWhatMayBeHashed(CompiledMethod method) =>
        (method.Types.Any(type => HashTable().IsMatch(type)) || method.Instructions.Any(one => HashTable().IsMatch(one.Member) && !LookUp().IsMatch(one.Member)))
        && method.Instructions.Any(one => EnumerationByInterface().IsMatch(one.Member));

    private static IEnumerable<string> MutableStatics(MetadataReader reader, TypeDefinitionHandle type, string name)
    {
        foreach (FieldDefinitionHandle handle in reader.GetTypeDefinition(type).GetFields())
        {
            FieldDefinition field = reader.GetFieldDefinition(handle);
            string fieldName = reader.GetString(field.Name);
            bool isStatic = field.Attributes.HasFlag(FieldAttributes.Static);
            bool isFixed = field.Attributes.HasFlag(FieldAttributes.InitOnly) || field.Attributes.HasFlag(FieldAttributes.Literal);

            // The compiler keeps delegates of lambdas that capture nothing in static fields.
            bool isLambda = name.EndsWith(".<>c", StringComparison.Ordinal) || name.EndsWith(".<>O", StringComparison.Ordinal);
            if (isStatic && !isFixed && !isLambda)
            {
                yield return $"{name}.{fieldName}: a static field that can change";
            }

            if (FloatingPoint().IsMatch(field.DecodeSignature(new TypeNames(), genericContext: null)))
            {
                yield return $"{name}.{fieldName}: floating point";
            }
        }
    }

    [GeneratedRegex(@"\bSystem\.(Single|Double|Half|Math|MathF)\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FloatingPoint();

    [GeneratedRegex(@"\.GetHashCode\(|^System\.HashCode\.", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HashCodes();

    [GeneratedRegex(@"^System\.(Reflection\.|Activator\.|Type\.|Object\.GetType\(|Delegate\.DynamicInvoke)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reflection();

    [GeneratedRegex(@"^System\.(DateTime(Offset)?\.get_(Now|UtcNow|Today|LocalDateTime)|TimeProvider\.|Diagnostics\.Stopwatch\.|TimeZoneInfo\.)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Clocks();

    [GeneratedRegex(@"^System\.(Random\.|Guid\.NewGuid|Security\.Cryptography\.RandomNumberGenerator)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Randomness();

    [GeneratedRegex(@"^System\.(Threading\.|Linq\.ParallelEnumerable)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Threads();

    [GeneratedRegex(@"^System\.(IO\.|Net\.|Console\.|Environment\.|Diagnostics\.Process\.|AppContext\.|GC\.(?!AllocateUninitializedArray))", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InputAndOutput();

    [GeneratedRegex(@"^System\.U?Int128\.op_(Addition|Subtraction|Multiply|UnaryNegation|Increment|Decrement|Explicit)\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WrappingWideArithmetic();

    [GeneratedRegex(
        @"^System\.(Globalization\.CultureInfo\.get_(CurrentCulture|CurrentUICulture)|String\.((ToUpper|ToLower)\(\)|(StartsWith|EndsWith|IndexOf|LastIndexOf|CompareTo)\(System\.String\)|Compare\(System\.String,System\.String\))|(Int32|Int64|UInt64|Decimal)\.((Try)?Parse\(System\.String(,System\.\w+&)?\)))",
        RegexOptions.ExplicitCapture,
        1000)]
    private static partial Regex Cultures();

    [GeneratedRegex(@"^System\.Collections\.(Generic|Concurrent|Frozen)\.\w*(?<!Sorted)(Dictionary|(?<!Sorted)HashSet|(?<!Sorted)Set)`\d[^(]*\.(GetEnumerator|get_Keys|get_Values|CopyTo)\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HashOrder();

    [GeneratedRegex(@"System\.Collections\.Generic\.(Dictionary|HashSet|IDictionary|IReadOnlyDictionary|ISet|IReadOnlySet)`\d", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HashTable();

    // Looks a key up in any dictionary, sorted ones too.
    [GeneratedRegex(@"^System\.Collections\.Generic\.CollectionExtensions\.GetValueOrDefault\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex LookUp();

    [GeneratedRegex(@"\.(Slice|Substring|get_Item|GetSubArray|AsSpan)\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Bounded();

    [GeneratedRegex(@"^System\.Collections\.Generic\.IEnumerable`1<.*>\.GetEnumerator\(|^System\.Linq\.Enumerable\.(?!ToDictionary|ToHashSet)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex EnumerationByInterface();
}
