import { addressSize } from './address.ts';
import { hashSize } from './bytes.ts';
import { compressedSize } from './curve.ts';
import { headerSize } from './header.ts';
import { signatureSize } from './publicKey.ts';
import { bytes, flag, Message, optionalBytes, repeated, repeatedBytes, text, uint32, uint64 } from './wire.ts';

// The messages of ledger.proto; docs/ledger.md, "Messages".

export const Call = new Message('Call', { contract: text(1), method: text(2), arguments: optionalBytes(3) });
export type Call = ReturnType<typeof Call.decode>;

export const TransactionBody = new Message('TransactionBody', {
  ledgerId: bytes(1, hashSize),
  sender: bytes(2, addressSize),
  nonce: uint64(3),
  expiresAtMs: uint64(4),
  calls: repeated(5, Call),
});
export type TransactionBody = ReturnType<typeof TransactionBody.decode>;

// Key and signature are left out on a ledger without signatures.
export const Transaction = new Message('Transaction', {
  body: optionalBytes(1),
  publicKey: optionalBytes(2, compressedSize),
  signature: optionalBytes(3, signatureSize),
});
export type Transaction = ReturnType<typeof Transaction.decode>;

export const BatchBody = new Message('BatchBody', {
  ledgerId: bytes(1, hashSize),
  proposer: bytes(2, addressSize),
  number: uint64(3),
  timeMs: uint64(4),
  transactions: repeatedBytes(5),
});
export type BatchBody = ReturnType<typeof BatchBody.decode>;

export const Batch = new Message('Batch', { body: optionalBytes(1), signature: bytes(2, signatureSize) });

export const ValidatorSignature = new Message('ValidatorSignature', { validator: bytes(1, addressSize), signature: bytes(2, signatureSize) });

export const Certificate = new Message('Certificate', { signatures: repeated(1, ValidatorSignature) });
export type Certificate = ReturnType<typeof Certificate.decode>;

export const Block = new Message('Block', { header: bytes(1, headerSize), content: optionalBytes(2), certificate: optionalBytes(3) });

export const Validator = new Message('Validator', { publicKey: bytes(1, compressedSize), power: uint64(2) });

export const Genesis = new Message('Genesis', {
  name: text(1),
  timeMs: uint64(2),
  validators: repeated(3, Validator),
  rules: uint32(4),
  withoutSignatures: flag(5),
  calls: repeated(6, Call),
});
export type Genesis = ReturnType<typeof Genesis.decode>;
