import { hashSize } from './bytes.ts';
import { headerSize } from './header.ts';
import { bytes, Message, optional, optionalBytes, repeated, repeatedBytes, required, uint32 } from './wire.ts';

// The messages of proofs.proto; docs/ledger.md, "Proof files".

export const CertifiedHeader = new Message('CertifiedHeader', { header: bytes(1, headerSize), certificate: optionalBytes(2) });
export type CertifiedHeader = ReturnType<typeof CertifiedHeader.decode>;

export const TransactionProof = new Message('TransactionProof', {
  block: required(1, CertifiedHeader),
  index: uint32(2),
  transaction: optionalBytes(3),
  transactionPath: repeatedBytes(4, hashSize),
  receipt: optionalBytes(5),
  receiptPath: repeatedBytes(6, hashSize),
});
export type TransactionProof = ReturnType<typeof TransactionProof.decode>;

export const MapBranch = new Message('MapBranch', { position: uint32(1), sibling: bytes(2, hashSize) });

export const StateProof = new Message('StateProof', {
  block: required(1, CertifiedHeader),
  key: optionalBytes(2),
  leafKey: optionalBytes(3),
  leafValue: optionalBytes(4),
  path: repeated(5, MapBranch),
});
export type StateProof = ReturnType<typeof StateProof.decode>;

export const ReceiptProof = new Message('ReceiptProof', {
  block: required(1, CertifiedHeader),
  index: uint32(2),
  receipt: optionalBytes(3),
  receiptPath: repeatedBytes(4, hashSize),
});
export type ReceiptProof = ReturnType<typeof ReceiptProof.decode>;

export const Proof = new Message('Proof', {
  transaction: optional(1, TransactionProof),
  state: optional(2, StateProof),
  receipt: optional(3, ReceiptProof),
});
export type Proof = ReturnType<typeof Proof.decode>;

export const FollowStep = new Message('FollowStep', { header: optional(1, CertifiedHeader), change: optional(2, StateProof) });
