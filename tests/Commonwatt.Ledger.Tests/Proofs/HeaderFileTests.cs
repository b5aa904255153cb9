using System.Buffers.Binary;
using Google.Protobuf;
using static Commonwatt.Faults.Sample.SampleLedger;
using Sent = Commonwatt.Ledger.Wire.Proofs;

namespace Commonwatt.Ledger.Tests.Proofs;

/// <summary>Whatever is done to a file of headers, a client takes nothing that is not the ledger's.</summary>
public class HeaderFileTests
{
    private readonly ChangingValidators ledger = new();
    private readonly byte[] good;

    public HeaderFileTests() => good = ledger.File(HeaderInterval.OfBlocks(6));

    [Fact]
    public void A_changed_byte_is_found_and_what_stands_before_it_is_followed()
    {
        int[] ends = Ends();
        for (int place = 0; place < good.Length; place++)
        {
            byte[] harmed = [.. good];
            harmed[place] ^= (byte)(1 << (place % 8));
            HeaderFollower followed = ledger.Follow(harmed);
            Assert.True(followed.Fault is not null, $"byte {place}");
            int whole = ends.Count(end => end <= place);
            Assert.InRange(followed.Headers, whole, whole + 1);
            AssertTakesNothingForeign(followed);
        }
    }

    [Fact]
    public void A_file_cut_within_a_step_is_found_and_one_cut_between_steps_is_shorter()
    {
        int[] ends = Ends();
        for (int length = 0; length < good.Length; length++)
        {
            HeaderFollower followed = ledger.Follow(good[..length]);
            int whole = ends.Count(end => end <= length);
            Assert.Equal(whole, followed.Headers);
            Assert.Equal(whole > 0 && ends.Contains(length), followed.Fault is null);
            AssertTakesNothingForeign(followed);
        }
    }

    [Fact]
    public void Bytes_put_in_taken_out_and_written_over_at_random_give_a_sentence_and_never_a_crash()
    {
        var random = new Random(7);
        for (int round = 0; round < 2000; round++)
        {
            List<byte> bytes = [.. good];
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                int place = random.Next(HeaderFile.Signature.Length, bytes.Count);
                switch (random.Next(3))
                {
                    case 0:
                        bytes.Insert(place, (byte)random.Next(256));
                        break;
                    case 1:
                        bytes.RemoveAt(place);
                        break;
                    default:
                        bytes[place] = (byte)random.Next(256);
                        break;
                }
            }

            HeaderFollower followed = ledger.Follow([.. bytes]);
            Assert.True(followed.Fault is { Length: > 0 } || bytes.SequenceEqual(good), $"round {round}");
            AssertTakesNothingForeign(followed);
        }
    }

    [Fact]
    public void Steps_that_are_repeated_or_change_places_are_found()
    {
        List<FollowStep> steps = HeaderFollowerTests.Steps(good);
        for (int place = 0; place + 1 < steps.Count; place++)
        {
            List<FollowStep> swapped = [.. steps];
            (swapped[place], swapped[place + 1]) = (swapped[place + 1], swapped[place]);
            Assert.NotNull(ledger.Follow(ledger.File(swapped)).Fault);
            List<FollowStep> repeated = [.. steps];
            repeated.Insert(place, repeated[place]);
            Assert.Equal(steps[place] is FollowStep.Next, ledger.Follow(ledger.File(repeated)).Fault is not null);
        }
    }

    [Fact]
    public void What_is_out_of_bounds_is_refused_before_it_is_read()
    {
        byte[] start = ledger.File(Array.Empty<FollowStep>());
        byte[] signature = HeaderFile.Signature.ToArray();
        (string Says, byte[] File)[] wrong =
        [
            ("does not start with", []),
            ("does not start with", ProofFile.Signature.ToArray()),
            ("within a genesis", signature),
            ("within a genesis", [.. signature, 0, 0, 0]),
            ($"at most {HeaderFile.MostGenesisBytes}", [.. signature, .. Length(HeaderFile.MostGenesisBytes + 1u)]),
            ($"at most {HeaderFile.MostStepBytes}", [.. start, .. Length(HeaderFile.MostStepBytes + 1u)]),
            ($"at most {HeaderFile.MostStepBytes}", [.. start, .. Length(uint.MaxValue)]),
            ("within a step", [.. start, .. Length(HeaderFile.MostStepBytes)]),
            ("within a step", [.. start, 0]),
            ("neither a header nor a change", [.. start, .. Length(0)]),
            ("no header", [.. start, .. Framed(new Sent.FollowStep { Change = new Sent.StateProof() })]),
            ("bytes were expected", [.. start, .. Framed(new Sent.FollowStep { Header = new Sent.CertifiedHeader() })]),
            ("one encoding", [.. start, .. Framed(new Sent.FollowStep { Header = new Sent.CertifiedHeader() }, 0x18, 1)]),
            ("no header of height 0", start),
        ];
        Assert.All(wrong, one => Assert.Contains(one.Says, ledger.Follow(one.File).Fault, StringComparison.Ordinal));
    }

    [Fact]
    public void The_largest_change_that_there_can_be_fits_a_step()
    {
        SigningKey[] thousand = [.. Enumerable.Range(0, 1000).Select(index => SigningKey.FromSeed($"one of many {index}"))];
        byte[] set = CanonicalWriter.Encode(Validators(thousand));
        byte[] key = SystemTables.Validators.StateKey(new Count(1));
        BlockHeader header = ledger.Chain.Blocks[0].Certified.Header;
        var certificate = BlockCertificate.Of(thousand.Select(one => (one.Address, new byte[Signature.Size])));
        MapProofStep[] path = [.. Enumerable.Range(0, StateProof.LongestPath).Select(_ => new MapProofStep(4000, Hash.Zero))];
        var largest = new FollowStep.Change(new StateProof(new CertifiedHeader(header, certificate), key, new MapProof(key, set, path)));
        Assert.InRange(largest.ToMessage().CalculateSize(), 200_000, HeaderFile.MostStepBytes);
    }

    private void AssertTakesNothingForeign(HeaderFollower followed)
    {
        if (followed.Client?.Newest is { } newest)
        {
            VerifiedBlock block = ledger.Chain.Blocks[(int)newest.Height];
            Assert.Equal(block.Certified.Header, newest);
            Assert.Equal(block.Executed.Validators.SetHash(), followed.Client.Validators.SetHash());
        }
    }

    /// <summary>Where each step of the good file ends.</summary>
    private int[] Ends()
    {
        int place = HeaderFile.Signature.Length;
        var ends = new List<int>();
        while (place < good.Length)
        {
            place += sizeof(uint) + (int)BinaryPrimitives.ReadUInt32BigEndian(good.AsSpan(place));
            ends.Add(place);
        }

        return [.. ends.Skip(1)];
    }

    private static byte[] Framed(Sent.FollowStep step, params byte[] more)
    {
        byte[] bytes = [.. step.ToByteArray(), .. more];
        return [.. Length((uint)bytes.Length), .. bytes];
    }

    private static byte[] Length(uint size)
    {
        byte[] bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, size);
        return bytes;
    }
}
