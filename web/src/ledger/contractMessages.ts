import { addressSize } from './address.ts';
import { compressedSize } from './curve.ts';
import { hashSize } from './bytes.ts';
import { bytes, choice, flag, int64, int64s, Message, optionalBytes, repeated, text, uint32, uint64 } from './wire.ts';

// The messages of contracts.proto: the arguments of the contracts' methods. Times are milliseconds since 1970, energy whole Wh,
// power whole W, money whole micro-units of the community's currency, prices micro-units per kWh.

export const roles = ['none', 'manager', 'dso'] as const;
export const orderSides = ['none', 'buy', 'sell'] as const;
export const imbalances = ['pooled', 'utility'] as const;

const holderAndRole = { holder: bytes(1, addressSize), role: choice(2, roles) };
const memberAndAmount = { member: bytes(1, addressSize), amount: int64(2) };

export const SetUp = new Message('SetUp', { manager: bytes(1, addressSize) });
export const GrantRole = new Message('GrantRole', holderAndRole);
export const RevokeRole = new Message('RevokeRole', holderAndRole);

export const SetParameters = new Message('SetParameters', {
  fromMs: int64(1),
  periodMinutes: uint32(2),
  listingLeadMs: int64(3),
  gateLeadMs: int64(4),
  readingDeadlineMs: int64(5),
  correctionWindowMs: int64(6),
  mechanism: text(7),
  rationsProRata: flag(8),
  paysUniform: flag(9),
  imbalance: choice(10, imbalances),
  shortfallPenalty: int64(11),
  localGridFee: int64(12),
  sharingKey: text(13),
  hasFixedPrice: flag(14),
  fixedPrice: int64(15),
});

export const TariffChange = new Message('TariffChange', { fromMs: int64(1), retail: int64(2), feedIn: int64(3) });
export const SetTariffs = new Message('SetTariffs', { changes: repeated(1, TariffChange) });
export const ValidatorPower = new Message('ValidatorPower', { publicKey: bytes(1, compressedSize), power: uint64(2) });
export const SetValidators = new Message('SetValidators', { validators: repeated(1, ValidatorPower) });
export const ReportEquivocation = new Message('ReportEquivocation', { evidence: optionalBytes(1) });
export const SetRules = new Message('SetRules', { version: uint32(1), height: uint64(2) });

export const RegisterMember = new Message('RegisterMember', {
  member: bytes(1, addressSize),
  connectionW: int64(2),
  sharingWeight: int64(3),
  sharingTier: uint32(4),
});
export const SuspendMember = new Message('SuspendMember', { member: bytes(1, addressSize), suspended: flag(2) });
export const RegisterAsset = new Message('RegisterAsset', { member: bytes(1, addressSize), name: text(2), kind: text(3), powerW: int64(4) });
export const RemoveAsset = new Message('RemoveAsset', { member: bytes(1, addressSize), name: text(2) });
export const RegisterMeter = new Message('RegisterMeter', { meter: bytes(1, addressSize), member: bytes(2, addressSize), gateway: optionalBytes(3, addressSize) });
export const SetDistance = new Message('SetDistance', { one: bytes(1, addressSize), other: bytes(2, addressSize), metres: int64(3) });

export const Deposit = new Message('Deposit', memberAndAmount);
export const Withdraw = new Message('Withdraw', memberAndAmount);
export const SetCreditLine = new Message('SetCreditLine', memberAndAmount);
export const Transfer = new Message('Transfer', { to: bytes(1, addressSize), amount: int64(2) });

export const SetStakingTerms = new Message('SetStakingTerms', { minimumStake: int64(1), maturityMs: int64(2), unbondingMs: int64(3), recountMs: int64(4) });
export const SwitchOffStaking = new Message('SwitchOffStaking', {});
export const BondStake = new Message('BondStake', { amount: int64(1), validatorPublicKey: optionalBytes(2, compressedSize) });
export const UnbondStake = new Message('UnbondStake', { amount: int64(1) });

export const GrantMandate = new Message('GrantMandate', {
  agent: bytes(1, addressSize),
  sides: uint32(2),
  lowestPrice: int64(3),
  highestPrice: int64(4),
  mostWhPerHour: int64(5),
  fromMs: int64(6),
  untilMs: int64(7),
});
export const WithdrawMandate = new Message('WithdrawMandate', {});

export const Reading = new Message('Reading', {
  meter: bytes(1, addressSize),
  deliveryMs: int64(2),
  importWh: int64(3),
  exportWh: int64(4),
  commitment: bytes(5, hashSize),
});
export const SubmitReadings = new Message('SubmitReadings', { readings: repeated(1, Reading) });

export const StartMarket = new Message('StartMarket', { firstDeliveryMs: int64(1) });
export const StopMarket = new Message('StopMarket', { lastDeliveryMs: int64(1) });

const order = {
  deliveryMs: int64(1),
  label: uint32(2),
  side: choice(3, orderSides),
  quantityWh: int64(4),
  limitPrice: int64(5),
  forMember: optionalBytes(6, addressSize),
};
export const PlaceOrder = new Message('PlaceOrder', order);
export const ReplaceOrder = new Message('ReplaceOrder', order);
export const WithdrawOrder = new Message('WithdrawOrder', { deliveryMs: int64(1), label: uint32(2), forMember: optionalBytes(3, addressSize) });
export const SetNetworkLimit = new Message('SetNetworkLimit', { deliveryMs: int64(1), powerW: int64(2) });
export const SetInvoiceBoundaries = new Message('SetInvoiceBoundaries', { atMs: int64s(1) });
export const CorrectPeriod = new Message('CorrectPeriod', { deliveryMs: int64(1) });
