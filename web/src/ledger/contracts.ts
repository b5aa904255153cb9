import * as messages from './contractMessages.ts';
import { type Call } from './messages.ts';
import { type Message, type ValuesOf } from './wire.ts';

/** The methods that can be called in a transaction, by contract, with the message of their arguments. */
export const contracts = {
  governance: {
    'grant-role': messages.GrantRole,
    'revoke-role': messages.RevokeRole,
    'set-parameters': messages.SetParameters,
    'set-tariffs': messages.SetTariffs,
    'set-validators': messages.SetValidators,
    'report-equivocation': messages.ReportEquivocation,
    'set-rules': messages.SetRules,
  },
  registry: {
    'register-member': messages.RegisterMember,
    'suspend-member': messages.SuspendMember,
    'register-asset': messages.RegisterAsset,
    'remove-asset': messages.RemoveAsset,
    'register-meter': messages.RegisterMeter,
    'set-distance': messages.SetDistance,
  },
  wallet: {
    deposit: messages.Deposit,
    withdraw: messages.Withdraw,
    'set-credit-line': messages.SetCreditLine,
    transfer: messages.Transfer,
  },
  staking: {
    'set-terms': messages.SetStakingTerms,
    'switch-off': messages.SwitchOffStaking,
    bond: messages.BondStake,
    unbond: messages.UnbondStake,
  },
  mandate: { grant: messages.GrantMandate, withdraw: messages.WithdrawMandate },
  metering: { submit: messages.SubmitReadings },
  market: {
    start: messages.StartMarket,
    stop: messages.StopMarket,
    place: messages.PlaceOrder,
    replace: messages.ReplaceOrder,
    withdraw: messages.WithdrawOrder,
    'set-network-limit': messages.SetNetworkLimit,
    'set-invoice-boundaries': messages.SetInvoiceBoundaries,
    correct: messages.CorrectPeriod,
  },
} as const;

type Contracts = typeof contracts;
type FieldsOf<M> = M extends Message<infer F> ? F : never;

/** What a method is called with. */
export type ArgumentsOf<C extends keyof Contracts, M extends keyof Contracts[C]> = ValuesOf<FieldsOf<Contracts[C][M]>>;

/** A call of a contract's method, its arguments in the one encoding that the ledger takes. */
export function callOf<C extends keyof Contracts & string, M extends keyof Contracts[C] & string>(contract: C, method: M, values: ArgumentsOf<C, M>): Call {
  const message = contracts[contract][method] as unknown as Message<FieldsOf<Contracts[C][M]>>;
  return { contract, method, arguments: message.encode(values) };
}

/** The arguments of a call by name, or undefined where the method is not one of these; refused is what is not the one encoding. */
export function argumentsOf(call: Call): Readonly<Record<string, unknown>> | undefined {
  const methods: Readonly<Record<string, Message<any>>> | undefined = Object.hasOwn(contracts, call.contract) ? contracts[call.contract as keyof Contracts] : undefined;
  return methods !== undefined && Object.hasOwn(methods, call.method) ? methods[call.method]!.decode(call.arguments) : undefined;
}
