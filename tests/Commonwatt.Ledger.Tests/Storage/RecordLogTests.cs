
namespace Commonwatt.Ledger.Tests.Storage;

public class RecordLogTests
{
    private const string Name = "records.log";

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", 0x8A9136AAu)]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", 0x62A8AB43u)]
    [InlineData("000102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F", 0x46DD794Eu)]
    [InlineData("1F1E1D1C1B1A191817161514131211100F0E0D0C0B0A09080706050403020100", 0x113FDB5Cu)]
    [InlineData("01C00000000000000000000000000000140000000000040000000014000000182800000000000000" + "0200000000000000", 0xD9963A56u)]
    public void The_checksum_is_that_of_RFC_3720_appendix_B_4(string bytes, uint checksum) =>
        Assert.Equal(checksum, RecordFrame.Checksum(Convert.FromHexString(bytes)));

    [Fact]
    public void Records_are_read_back_after_a_start()
    {
        var disk = new SimulatedDisk();
        using (RecordLog log = RecordLog.Open(disk, Name, reserve: 1000))
        {
            Append(log, 20);
            Assert.Equal(Record(7), log.Read(7));
            log.Trim();
        }

        Assert.Equal(20, Read(disk).Count);
    }

    [Fact]
    public void What_a_crash_leaves_of_records_written_together_starts_with_all_that_were_synced()
    {
        int torn = 0;
        for (int seed = 0; seed < 1500; seed++)
        {
            var random = new Random(seed);
            var disk = new SimulatedDisk();
            int synced = 0;
            disk.CutPowerAfter(random.Next(40));
            try
            {
                using RecordLog log = RecordLog.Open(disk, Name, reserve: random.Next(2) * 500);
                while (true)
                {
                    log.Append(Record((int)log.Count));
                    if (random.Next(4) == 0)
                    {
                        log.Sync();
                        synced = (int)log.Count;
                    }
                }
            }
            catch (PowerCutException)
            {
                disk = disk.AfterPowerCut(random);
            }

            using (RecordLog again = RecordLog.Open(disk, Name))
            {
                Assert.True(again.Count >= synced, $"Seed {seed}: {synced} records were synced, {again.Count} are left.");
                torn += again.TornBytes > 0 ? 1 : 0;
                Append(again, 2);
            }

            List<byte[]> left = Read(disk);
            Assert.All(left.Index(), one => Assert.Equal(Record(one.Index), one.Item));
        }

        Assert.True(torn > 100, $"Only {torn} crashes tore a write: the runs show nothing.");
    }

    [Fact]
    public void A_flipped_byte_in_a_record_that_others_follow_is_named_and_left_as_it_is()
    {
        var disk = new SimulatedDisk();
        using (RecordLog log = RecordLog.Open(disk, Name))
        {
            Append(log, 4);
        }

        byte[] good = disk.Contents(Name);
        int last = good.Length - RecordFrame.HeadSize - Record(3).Length;
        for (int place = 0; place < last; place++)
        {
            byte[] harmed = [.. good];
            harmed[place] ^= 0x10;
            disk.Replace(Name, harmed);
            DamagedFileException refused = Assert.Throws<DamagedFileException>(() => RecordLog.Open(disk, Name));
            Assert.Contains(Name, refused.Message, StringComparison.Ordinal);
            Assert.Equal(harmed, disk.Contents(Name));
        }
    }

    [Fact]
    public void A_torn_last_write_is_cut_off_and_counted()
    {
        var disk = new SimulatedDisk();
        using (RecordLog log = RecordLog.Open(disk, Name))
        {
            Append(log, 3);
        }

        byte[] good = disk.Contents(Name);
        int last = good.Length - RecordFrame.HeadSize - Record(2).Length;
        for (int length = last + 4; length < good.Length; length++)
        {
            disk.Replace(Name, good.AsSpan(0, length));
            using RecordLog log = RecordLog.Open(disk, Name);
            Assert.Equal(2, log.Count);
            Assert.InRange(log.TornBytes, 1, length - last);
            Assert.Equal(last, disk.Contents(Name).Length);
        }
    }

    [Fact]
    public void A_file_of_something_else_is_refused()
    {
        var disk = new SimulatedDisk();
        disk.Open(Name).Dispose();
        disk.Replace(Name, "a shopping list for Saturday"u8);
        DamagedFileException refused = Assert.Throws<DamagedFileException>(() => RecordLog.Open(disk, Name));
        Assert.Contains("is not a Commonwatt log", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_failure_of_the_disk_nothing_is_tried_again()
    {
        var disk = new SimulatedDisk();
        using RecordLog log = RecordLog.Open(disk, Name);
        Append(log, 2);
        log.Append(Record(2));
        disk.FailAfter(0, () => new IOException("The disk does not answer."));
        Assert.Throws<IOException>(log.Sync);
        disk.FailAfter(int.MaxValue, () => new IOException());
        int operations = disk.Operations;

        Assert.Throws<IOException>(log.Sync);
        Assert.Throws<IOException>(() => log.Append(Record(3)));
        Assert.Throws<IOException>(log.Clear);
        log.Trim();
        Assert.Equal(operations, disk.Operations);
    }

    [Fact]
    public void A_cleared_log_starts_anew()
    {
        var disk = new SimulatedDisk();
        using (RecordLog log = RecordLog.Open(disk, Name, reserve: 200))
        {
            Append(log, 5);
            log.Clear();
            Append(log, 2);
        }

        Assert.Equal(2, Read(disk).Count);
    }

    private static void Append(RecordLog log, int count)
    {
        for (int index = 0; index < count; index++)
        {
            log.Append(Record((int)log.Count));
            log.Sync();
        }
    }

    private static byte[] Record(int number) => [.. Enumerable.Range(1, 20 + (number * 7)).Select(index => (byte)((index * 31) + number))];

    private static List<byte[]> Read(IDisk disk)
    {
        var records = new List<byte[]>();
        using RecordLog log = RecordLog.Open(disk, Name, onRecord: record => records.Add(record.ToArray()));
        return records;
    }
}
