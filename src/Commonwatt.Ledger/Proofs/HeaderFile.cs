using System.Buffers.Binary;
using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Storage;
using Google.Protobuf;

namespace Commonwatt.Ledger.Proofs;

/// <summary>The form in which headers are given to light clients: <c>commonwatt/headers/1</c>, the genesis, then steps, each after its length in four bytes.</summary>
public static class HeaderFile
{
    /// <summary>The most bytes of one step, so that reading a file needs little memory, whoever made it and however long it is.</summary>
    public const int MostStepBytes = 1024 * 1024;

    /// <summary>The most bytes of the genesis: any that fits a ledger file fits.</summary>
    public const int MostGenesisBytes = RecordFrame.MostBytes;

    /// <summary>The first bytes of every file of headers.</summary>
    public static ReadOnlySpan<byte> Signature => "commonwatt/headers/1"u8;

    /// <summary>Begins a file.</summary>
    /// <param name="file">Where it goes.</param>
    /// <param name="genesis">What the ledger started with, or null: then the file serves only those who trust validators from elsewhere.</param>
    public static void Begin(Stream file, LedgerGenesis? genesis)
    {
        ArgumentNullException.ThrowIfNull(file);
        file.Write(Signature);
        Append(file, genesis is null ? [] : genesis.Bytes.Span);
    }

    /// <summary>Adds a step to a file.</summary>
    public static void Append(Stream file, FollowStep step)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(step);
        Append(file, step.ToMessage().ToByteArray());
    }

    private static void Append(Stream file, ReadOnlySpan<byte> bytes)
    {
        Span<byte> length = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(length, (uint)bytes.Length);
        file.Write(length);
        file.Write(bytes);
    }
}
