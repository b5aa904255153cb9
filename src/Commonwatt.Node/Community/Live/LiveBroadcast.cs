using System.Text;
using System.Text.Json;
using Commonwatt.Node.Community.Answers;
using Commonwatt.Node.Telemetry;

namespace Commonwatt.Node.Community.Live;

/// <summary>Tells all who listen, each event encoded once.</summary>
internal sealed class LiveBroadcast : ILiveAudience
{
    /// <summary>How many may listen in all.</summary>
    public const int Most = 2_000;

    /// <summary>How many may listen for one person, or from one network address that nobody is signed in from.</summary>
    public const int MostOfOne = 12;

    private readonly JsonSerializerOptions json = new(JsonSerializerDefaults.Web);
    private readonly Lock gate = new();

    // Read without a lock, for there is far more to tell than there are comings and goings.
    private volatile LiveListener[] listeners = [];

    /// <summary>The events as JSON.</summary>
    public LiveBroadcast() => json.Converters.Add(new InstantJson());

    /// <summary>How many listen.</summary>
    public int Count => listeners.Length;

    /// <summary>The members who listen, by number.</summary>
    public IEnumerable<long> Members => listeners.Select(one => one.Member).OfType<long>().Distinct();

    /// <summary>Takes somebody in.</summary>
    /// <returns>False where there are too many already.</returns>
    public bool TryJoin(LiveListener listener)
    {
        lock (gate)
        {
            if (listeners.Length >= Most || listeners.Count(one => one.Origin == listener.Origin) >= MostOfOne)
            {
                return false;
            }

            listeners = [.. listeners, listener];
            NodeMetrics.LiveListeners.Add(1);
            return true;
        }
    }

    /// <summary>Lets somebody go.</summary>
    public void Leave(LiveListener listener)
    {
        listener.End();
        lock (gate)
        {
            LiveListener[] rest = [.. listeners.Where(one => one != listener)];
            NodeMetrics.LiveListeners.Add(rest.Length - listeners.Length);
            listeners = rest;
        }
    }

    /// <inheritdoc/>
    public void Tell(string name, object content, ulong? height = null)
    {
        LiveListener[] all = listeners;
        if (all.Length > 0)
        {
            Give(all, Encode(name, content, height));
        }
    }

    /// <inheritdoc/>
    public void TellMember(long member, string name, Func<object> content)
    {
        LiveListener[] own = Array.FindAll(listeners, one => one.Member == member);
        if (own.Length > 0)
        {
            Give(own, Encode(name, content(), height: null));
        }
    }

    /// <inheritdoc/>
    public void Dismiss(string person)
    {
        foreach (LiveListener listener in Array.FindAll(listeners, one => one.Person == person))
        {
            Leave(listener);
        }
    }

    /// <summary>An event as it is sent.</summary>
    public byte[] Encode(string name, object content, ulong? height) =>
        Encoding.UTF8.GetBytes($"{(height is null ? "" : $"id: {height}\n")}event: {name}\ndata: {JsonSerializer.Serialize(content, json)}\n\n");

    private void Give(LiveListener[] some, byte[] frame)
    {
        foreach (LiveListener listener in some)
        {
            if (!listener.TryGive(frame))
            {
                Leave(listener);
            }
        }
    }
}
