namespace Commonwatt.Ledger.Tests.Keys;

public class AddressTests
{
    [Fact]
    public void An_address_is_read_as_it_is_printed()
    {
        for (int seed = 0; seed < 50; seed++)
        {
            Address address = Address.OfName($"name {seed}");
            Assert.True(Address.TryParse(address.ToString(), out Address parsed));
            Assert.Equal(address, parsed);
        }
    }

    [Fact]
    public void Any_single_mistyped_character_is_refused()
    {
        string text = SampleLedger.Alice.Address.ToString();
        for (int place = 0; place < text.Length; place++)
        {
            foreach (char typed in "0123456789abcdefABCDEFghijkw -")
            {
                if (typed != text[place])
                {
                    string mistyped = string.Concat(text.AsSpan(0, place), typed.ToString(), text.AsSpan(place + 1));
                    Assert.False(Address.TryParse(mistyped, out Address address), mistyped);
                    Assert.Equal(Address.Nobody, address);
                }
            }
        }
    }

    [Fact]
    public void Two_characters_in_each_others_place_are_refused()
    {
        string text = SampleLedger.Alice.Address.ToString();
        for (int place = 2; place + 1 < text.Length; place++)
        {
            char[] swapped = text.ToCharArray();
            Array.Reverse(swapped, place, 2);
            Assert.Equal(swapped[place] == swapped[place + 1], Address.TryParse(new string(swapped), out _));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("cw")]
    [InlineData("alice")]
    public void What_is_no_address_is_refused(string? text) => Assert.False(Address.TryParse(text, out _));

    [Fact]
    public void Addresses_are_ordered_as_their_bytes_are()
    {
        Address[] addresses = [.. Enumerable.Range(0, 100).Select(index => Address.OfName($"{index}")).Order()];
        Assert.All(addresses.Zip(addresses.Skip(1)), pair => Assert.True(pair.First.ToArray().AsSpan().SequenceCompareTo(pair.Second.ToArray()) < 0));
    }
}
