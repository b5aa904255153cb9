using Commonwatt.Node.Readings;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Commonwatt.Node.Tests.Readings;

public sealed class ReadingEndpointsTests : IDisposable
{
    private readonly SmallCommunity community = new();
    private readonly MeterHouse house;
    private readonly ReadingEndpoints endpoints;

    public ReadingEndpointsTests()
    {
        community.At("12:00");
        house = new MeterHouse(community);
        endpoints = new ReadingEndpoints(house.Intake, house.Store, house.Source, SmallCommunity.AddressOf("gateway"));
    }

    [Fact]
    public void Each_refused_reading_is_named_by_its_place_in_the_request()
    {
        string meter = SmallCommunity.AddressOf("ben-meter").ToString();
        ReadingJson[] sent =
        [
            new(meter, "2024-06-01T11:00:00Z", 1_000, 0, 500, null),
            new(meter, "eleven", 1_000, 0, null, null),
            new(meter, "2024-06-01T11:30:00Z", 900, 0, null, null),
            null!,
            new(meter, "2024-06-01T11:45:00Z", 1_100, 0, null, [new DeviceJson("roof", "nuclear", 1, null, null)]),
            new(meter, "2024-06-01T13:50:00+02:00", 1_100, 0, null, [new DeviceJson("car", "ev", 7_000, null, 4)]),
        ];
        ReadingsAnswer answer = Assert.IsType<Ok<ReadingsAnswer>>(endpoints.Take(new ReadingsRequest(sent))).Value!;
        Assert.Equal(2, answer.Accepted);
        Assert.Equal([(1, "wrong-time"), (2, "register-went-back"), (3, "wrong-reading"), (4, "wrong-asset")], answer.Refused.Select(one => (one.Index, one.Code)));
        Assert.All(answer.Refused, one => Assert.EndsWith(".", one.Sentence, StringComparison.Ordinal));
        Assert.Equal(new Power(7_000), house.Source.LatestOf(community.IdOf("ben").Value)!.Vehicle);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(ReadingsRequest.Most + 1)]
    public void A_request_holds_some_readings_and_not_too_many(int count)
    {
        var reading = new ReadingJson(SmallCommunity.AddressOf("ben-meter").ToString(), "2024-06-01T11:00:00Z", 1_000, 0, 500, null);
        IResult result = endpoints.Take(new ReadingsRequest([.. Enumerable.Repeat(reading, count)]));
        Assert.Equal(StatusCodes.Status400BadRequest, Assert.IsType<ProblemHttpResult>(result).StatusCode);
        Assert.Empty(house.Intake.Latest.All());
    }

    public void Dispose() => community.Dispose();
}
