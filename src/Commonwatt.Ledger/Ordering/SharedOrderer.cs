using Commonwatt.Ledger.Blocks;

namespace Commonwatt.Ledger.Ordering;

/// <summary>Lets several validators of one process share an order. What one of them has released is kept until all have.</summary>
/// <param name="orderer">The order that they share.</param>
public sealed class SharedOrderer(IOrderer orderer)
{
    private readonly IOrderer orderer = orderer;
    private readonly Lock gate = new();
    private readonly List<View> views = [];

    /// <summary>The order as one more validator or follower sees it.</summary>
    public IOrderer Join()
    {
        lock (gate)
        {
            var view = new View(this);
            views.Add(view);
            return view;
        }
    }

    private sealed class View(SharedOrderer shared) : IOrderer
    {
        private ulong released;

        public uint Order => shared.orderer.Order;

        public void Publish(SignedBatch batch)
        {
            lock (shared.gate)
            {
                shared.orderer.Publish(batch);
            }
        }

        public ReadOnlyMemory<byte>? Read(ulong position)
        {
            lock (shared.gate)
            {
                return shared.orderer.Read(position);
            }
        }

        public void Release(ulong position)
        {
            lock (shared.gate)
            {
                released = position;
                shared.orderer.Release(shared.views.Min(view => view.released));
            }
        }
    }
}
