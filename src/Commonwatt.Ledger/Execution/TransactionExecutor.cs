using Commonwatt.Ledger.Blocks;
using Commonwatt.Ledger.Encoding;
using Commonwatt.Ledger.Keys;
using Commonwatt.Ledger.Transactions;
using Commonwatt.Ledger.Wire;

namespace Commonwatt.Ledger.Execution;

/// <summary>Executes single transactions and calls: all of one applies, or none of it.</summary>
internal sealed class TransactionExecutor(LedgerGenesis genesis, LedgerState state)
{
    public Receipt Execute(ContractSet rules, SignedTransaction transaction, ulong height, Instant time, bool isSigned, BlockWork work)
    {
        var context = new CallContext(state, genesis.Id, height, time, CallOrigin.Transaction, transaction.Sender);
        Outcome admission = TransactionAdmission.Check(genesis, rules, context, transaction, time, isSigned);
        admission = admission.IsDone ? work.Admit(transaction.Sender) : admission;
        if (!admission.IsDone)
        {
            return new Receipt(CallOrigin.Transaction, transaction.Id, admission, []);
        }

        SystemTables.Nonces.Put(context, transaction.Sender, new Count(transaction.Nonce));
        Outcome outcome = Apply(rules, context, transaction.Calls, TransactionLimits.StateAccesses);
        work.Add(transaction.Sender, state.LastAccesses);
        return new Receipt(CallOrigin.Transaction, transaction.Id, outcome, outcome.IsDone ? context.Events : []);
    }

    public Receipt ExecuteCall(ContractSet rules, Call call, CallOrigin origin, Address sender, ulong height, Instant time)
    {
        var context = new CallContext(state, genesis.Id, height, time, origin, sender);
        Outcome outcome = Apply(rules, context, [call], TransactionLimits.ScheduledStateAccesses);
        return new Receipt(origin, Subject(call), outcome, outcome.IsDone ? context.Events : []);
    }

    private Outcome Apply(ContractSet rules, CallContext context, IReadOnlyList<Call> calls, int limit)
    {
        state.Begin(limit);
        for (int index = 0; index < calls.Count; index++)
        {
            Outcome outcome = Invoke(rules, context, calls[index]);
            if (!outcome.IsDone)
            {
                state.Rollback();
                return calls.Count == 1 ? outcome : Outcome.Refused(outcome.Code, $"Call {index + 1} of {calls.Count}: {outcome.Sentence}");
            }
        }

        state.Commit();
        return Outcome.Done;
    }

    // The sentences are our own: what a library says may change with its version, and receipts must not.
    private static Outcome Invoke(ContractSet rules, CallContext context, Call call)
    {
        if (rules.Find(call.Contract) is not { } contract)
        {
            return Outcome.Refused("no-such-contract", $"There is no contract '{call.Contract}' on this ledger.");
        }

        if (contract.FindMethod(call.Method) is not { } method || method.Origin != context.Origin)
        {
            return Outcome.Refused("no-such-method", $"The contract '{call.Contract}' has no method '{call.Method}' for a {context.Origin} to call.");
        }

        try
        {
            return method.Invoke(context, call.Arguments.Memory) ?? Fault(call);
        }
        catch (MalformedBytesException)
        {
            return Outcome.Refused("malformed-arguments", $"The arguments of {call.Contract}.{call.Method} are not its message in its one encoding.");
        }
        catch (WorkLimitException)
        {
            return Outcome.Refused("too-much-work", $"{call.Contract}.{call.Method} needs more reads and writes than a transaction may make: do it in several.");
        }
        catch (OverflowException)
        {
            return Outcome.Refused("overflow", $"A number in {call.Contract}.{call.Method} exceeds what the ledger can count.");
        }
        catch (Exception exception) when (!StopsTheNode(exception))
        {
            return Fault(call);
        }
    }

    private static Outcome Fault(Call call) =>
        Outcome.Refused("fault", $"{call.Contract}.{call.Method} failed by a fault of its own: nothing was changed. Please report it.");

    // A machine that is out of memory must not refuse what the other validators' machines accept.
    private static bool StopsTheNode(Exception exception) =>
        exception is BrokenInvariantException or OutOfMemoryException or InsufficientExecutionStackException;

    private static Hash Subject(Call call)
    {
        var writer = new CanonicalWriter(stackalloc byte[512]);
        writer.Text(call.Contract);
        writer.Text(call.Method);
        writer.Bytes(call.Arguments.Span);
        return Hash.Of("commonwatt/call/1", writer.Written);
    }
}
