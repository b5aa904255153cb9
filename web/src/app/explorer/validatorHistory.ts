import { type Bytes, equal } from '../../ledger/bytes.ts';
import { LayoutReader } from '../../ledger/layout.ts';
import { LightClient } from '../../ledger/lightClient.ts';
import { Genesis } from '../../ledger/messages.ts';
import { Refused } from '../../ledger/outcome.ts';
import { readProofFile } from '../../ledger/proof.ts';
import { PublicKey } from '../../ledger/publicKey.ts';
import { ledgerIdOf } from '../../ledger/transaction.ts';
import { type TrustedValidators } from '../../ledger/trustedValidators.ts';
import { ValidatorSet } from '../../ledger/validatorSet.ts';

/** What a node tells of who signs: the encoded genesis, and the proofs of every change since, framed as its `/validator-changes` is. */
export interface ValidatorRecords {
  readonly genesis: Bytes;
  readonly changes: Bytes;
}

/** The validators of every height, each set shown under signatures of the one before; docs/ledger.md, "Light clients". */
export class ValidatorHistory {
  readonly ledgerId: Bytes;
  readonly #sets: readonly (readonly [from: bigint, set: ValidatorSet])[];

  private constructor(ledgerId: Bytes, sets: readonly (readonly [bigint, ValidatorSet])[]) {
    this.ledgerId = ledgerId;
    this.#sets = sets;
  }

  /** Follows the changes from the genesis on; refused is a genesis of another ledger than the trusted one, and any change that is not shown. */
  static async follow({ genesis, changes }: ValidatorRecords, trustedLedger?: Bytes): Promise<ValidatorHistory> {
    const ledgerId = await ledgerIdOf(genesis);
    if (trustedLedger !== undefined && !equal(ledgerId, trustedLedger)) {
      throw new Refused('The node shows another ledger than the one that this browser trusts.');
    }
    const first = await firstValidators(genesis);
    const client = new LightClient({ ledgerId, validators: first }, 0n);
    const sets: (readonly [bigint, ValidatorSet])[] = [[0n, first]];
    for (const frame of framesOf(changes)) {
      const { state } = readProofFile(frame);
      const taken = state === undefined ? undefined : await client.takeChange(state);
      if (taken === undefined || !taken.holds) {
        throw new Refused(`A change of validators is not shown. ${taken === undefined ? 'It is no proof of the state.' : taken.why}`);
      }
      sets.push([taken.value, client.validatorsAt(taken.value)!]);
    }
    return new ValidatorHistory(ledgerId, sets);
  }

  /** Whose signatures make the block of the height final. */
  at(height: bigint): TrustedValidators {
    const [, validators] = this.#sets.findLast(([from]) => from <= height)!;
    return { ledgerId: this.ledgerId, validators, height };
  }

  /** How often the validators changed. */
  get changes(): number {
    return this.#sets.length - 1;
  }
}

async function firstValidators(genesis: Bytes): Promise<ValidatorSet> {
  const { validators } = Genesis.decode(genesis);
  return ValidatorSet.of(await Promise.all(validators.map(async ({ publicKey, power }) => ({ key: await PublicKey.from(publicKey), power }))));
}

function framesOf(bytes: Bytes): readonly Bytes[] {
  const reader = new LayoutReader(bytes, 'What the node sent');
  const frames: Bytes[] = [];
  while (!reader.isAtEnd) {
    frames.push(reader.bytes());
  }
  return frames;
}
