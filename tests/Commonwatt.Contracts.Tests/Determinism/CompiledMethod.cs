using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Commonwatt.Contracts.Tests.Determinism;

/// <summary>One instruction: its code, and the number or the member it names.</summary>
internal readonly record struct Instruction(OpCode Code, long Number, string Member)
{
    public bool Is(params ReadOnlySpan<OpCode> codes)
    {
        foreach (OpCode code in codes)
        {
            if (code == Code)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>A compiled method: its name, the types it names in its signature and locals, and its instructions.</summary>
internal sealed record CompiledMethod(string Name, ImmutableArray<string> Types, IReadOnlyList<Instruction> Instructions)
{
    private static readonly Dictionary<int, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (ushort)code.Value & 0xFFFF);

    /// <summary>The methods of a type that have a body.</summary>
    public static IEnumerable<CompiledMethod> Of(PEReader file, MetadataReader reader, TypeDefinitionHandle type)
    {
        foreach (MethodDefinitionHandle handle in reader.GetTypeDefinition(type).GetMethods())
        {
            MethodDefinition method = reader.GetMethodDefinition(handle);
            if (method.RelativeVirtualAddress == 0)
            {
                continue;
            }

            MethodBodyBlock body = file.GetMethodBody(method.RelativeVirtualAddress);
            MethodSignature<string> signature = method.DecodeSignature(new TypeNames(), genericContext: null);
            ImmutableArray<string> locals = body.LocalSignature.IsNil
                ? []
                : reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(new TypeNames(), genericContext: null);
            yield return new CompiledMethod(
                $"{TypeNames.Of(reader, type)}.{reader.GetString(method.Name)}",
                [signature.ReturnType, .. signature.ParameterTypes, .. locals],
                Read(reader, body.GetILReader()));
        }
    }

    private static List<Instruction> Read(MetadataReader reader, BlobReader code)
    {
        var instructions = new List<Instruction>();
        while (code.RemainingBytes > 0)
        {
            int value = code.ReadByte();
            value = value == 0xFE ? 0xFE00 | code.ReadByte() : value;
            OpCode opCode = Codes[value];
            (long number, string member) = Operand(reader, ref code, opCode.OperandType);
            instructions.Add(new Instruction(opCode, number, member));
        }

        return instructions;
    }

    private static (long Number, string Member) Operand(MetadataReader reader, ref BlobReader code, OperandType type)
    {
        switch (type)
        {
            case OperandType.InlineNone:
                return (0, "");
            case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                return (code.ReadSByte(), "");
            case OperandType.InlineVar:
                return (code.ReadInt16(), "");
            case OperandType.InlineI8 or OperandType.InlineR:
                return (code.ReadInt64(), "");
            case OperandType.InlineSwitch:
                int targets = code.ReadInt32();
                code.Offset += targets * 4;
                return (targets, "");
            case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                return (0, Member(reader, MetadataTokens.EntityHandle(code.ReadInt32())));
            default:
                return (code.ReadInt32(), "");
        }
    }

    // Type and name, and for methods the parameters: System.String.StartsWith(System.String).
    private static string Member(MetadataReader reader, EntityHandle handle)
    {
        switch (handle.Kind)
        {
            case HandleKind.MethodSpecification:
                return Member(reader, reader.GetMethodSpecification((MethodSpecificationHandle)handle).Method);
            case HandleKind.MethodDefinition:
                MethodDefinition method = reader.GetMethodDefinition((MethodDefinitionHandle)handle);
                return $"{TypeNames.Of(reader, method.GetDeclaringType())}.{reader.GetString(method.Name)}{Parameters(method.DecodeSignature(new TypeNames(), null))}";
            case HandleKind.FieldDefinition:
                FieldDefinition field = reader.GetFieldDefinition((FieldDefinitionHandle)handle);
                return $"{TypeNames.Of(reader, field.GetDeclaringType())}.{reader.GetString(field.Name)}:{field.DecodeSignature(new TypeNames(), null)}";
            case HandleKind.MemberReference:
                MemberReference member = reader.GetMemberReference((MemberReferenceHandle)handle);
                string name = $"{TypeNames.Of(reader, member.Parent)}.{reader.GetString(member.Name)}";
                return member.GetKind() == MemberReferenceKind.Method
                    ? name + Parameters(member.DecodeMethodSignature(new TypeNames(), null))
                    : $"{name}:{member.DecodeFieldSignature(new TypeNames(), null)}";
            default:
                return TypeNames.Of(reader, handle);
        }
    }

    private static string Parameters(MethodSignature<string> signature) => $"({string.Join(',', signature.ParameterTypes)}):{signature.ReturnType}";
}
