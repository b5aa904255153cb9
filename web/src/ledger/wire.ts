import { type Bytes, copyOf, fromUtf8, utf8 } from './bytes.ts';
import { Refused } from './outcome.ts';
import { packed, type Raw, WireReader, writeField } from './varint.ts';

/** One field of a message: how its value comes out of what is on the wire, and how it goes back. */
export interface Field<T> {
  readonly number: number;
  readonly isRepeated: boolean;
  /** What the value is as long as nothing was on the wire. */
  readonly absent: T;
  /** What a missing value is called in a refusal; undefined where the field may be left out. */
  readonly required: string | undefined;
  readonly read: (raw: Raw, before: T) => T;
  readonly write: (value: T) => readonly Raw[];
}

/** The values of a message's fields. */
export type ValuesOf<F> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** A proto3 message in the one encoding that the ledger takes. */
export class Message<F extends Record<string, Field<any>>> {
  readonly name: string;
  readonly #fields: readonly (readonly [keyof F & string, Field<unknown>])[];

  constructor(name: string, fields: F) {
    this.name = name;
    this.#fields = Object.entries<Field<unknown>>(fields).sort(([, a], [, b]) => a.number - b.number);
  }

  /** The number of each field, by its name. */
  fieldNumbers(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#fields.map(([key, { number }]) => [key, number]));
  }

  /** The values; refused is every encoding but the one that `encode` gives. */
  decode(bytes: Uint8Array): ValuesOf<F> {
    const values: Record<string, unknown> = Object.fromEntries(this.#fields.map(([key, field]) => [key, field.absent]));
    const reader = new WireReader(bytes, this.name);
    let last = 0;
    while (!reader.isAtEnd) {
      const [number, raw] = reader.field();
      const [key, field] = this.#fields.find(([, candidate]) => candidate.number === number) ?? this.#refuse(`has an unknown field, ${number}`);
      if (number < last || (number === last && !field.isRepeated)) {
        this.#refuse(`has its field ${number} twice or in the wrong place`);
      }
      values[key] = this.#named(number, () => field.read(raw, values[key]));
      last = number;
    }
    for (const [key, field] of this.#fields) {
      if (field.required !== undefined && values[key] === field.absent) {
        this.#refuse(`lacks its field ${field.number}, ${field.required}`);
      }
    }
    return values as ValuesOf<F>;
  }

  encode(values: ValuesOf<F>): Bytes {
    const written: number[] = [];
    for (const [key, field] of this.#fields) {
      for (const raw of field.write(values[key])) {
        writeField(written, field.number, raw);
      }
    }
    return Uint8Array.from(written);
  }

  #named<T>(number: number, read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw error instanceof Refused ? new Refused(`In field ${number} of a ${this.name}: ${error.message}`) : error;
    }
  }

  #refuse(reason: string): never {
    throw new Refused(`A ${this.name} ${reason}.`);
  }
}

/** Bytes that may be left out; where they are there, they are as many as `size` says. */
export function optionalBytes(number: number, size?: number): Field<Bytes> {
  return single(number, new Uint8Array(0), (raw) => bytesOf(raw, size), (value) => value, (value) => value.length === 0);
}

/** Bytes that must be there, as many as `size` says. */
export function bytes(number: number, size: number): Field<Bytes> {
  return { ...optionalBytes(number, size), required: `${size} bytes` };
}

export function text(number: number): Field<string> {
  return single(number, '', (raw) => fromUtf8(bytesOf(raw)), utf8, (value) => value === '');
}

export function uint64(number: number): Field<bigint> {
  return single(number, 0n, numberOf, (value) => value, (value) => value === 0n);
}

/** A number with a sign. Proto3 writes one below zero as the 64 bits of its two's complement. */
export function int64(number: number): Field<bigint> {
  return single(number, 0n, (raw) => BigInt.asIntN(64, numberOf(raw)), (value) => BigInt.asUintN(64, inSigned64(value)), (value) => value === 0n);
}

/** Numbers with a sign, packed into one field as proto3 does it. */
export function int64s(number: number): Field<readonly bigint[]> {
  return {
    number,
    isRepeated: false,
    absent: [],
    required: undefined,
    read(raw) {
      const values = new WireReader(bytesOf(raw), 'list of numbers').numbers().map((value) => BigInt.asIntN(64, value));
      if (values.length === 0) {
        throw new Refused('an empty list is written out.');
      }
      return values;
    },
    write: (values) => (values.length === 0 ? [] : [packed(values.map((value) => BigInt.asUintN(64, inSigned64(value))))]),
  };
}

export function uint32(number: number): Field<number> {
  return single(number, 0, (raw) => Number(atMost(numberOf(raw), 0xffffffffn)), BigInt, (value) => value === 0);
}

export function flag(number: number): Field<boolean> {
  return single(number, false, (raw) => atMost(numberOf(raw), 1n) === 1n, () => 1n, (value) => !value);
}

/** One of the names of an enumeration, by its number; the first is the default, 0. */
export function choice<N extends string>(number: number, names: readonly [N, ...N[]]): Field<N> {
  return single(
    number,
    names[0],
    (raw) => names[Number(atMost(numberOf(raw), BigInt(names.length - 1)))]!,
    (value) => BigInt(names.indexOf(value)),
    (value) => value === names[0],
  );
}

/** A message within a message. Unlike other values it is told apart from one that is missing when it is empty. */
export function optional<F extends Record<string, Field<any>>>(number: number, message: Message<F>): Field<ValuesOf<F> | undefined> {
  return {
    number,
    isRepeated: false,
    absent: undefined,
    required: undefined,
    read: (raw) => message.decode(bytesOf(raw)),
    write: (value) => (value === undefined ? [] : [message.encode(value)]),
  };
}

/** A message within a message that must be there. */
export function required<F extends Record<string, Field<any>>>(number: number, message: Message<F>): Field<ValuesOf<F>> {
  return { ...(optional(number, message) as Field<ValuesOf<F>>), required: `a ${message.name}` };
}

export function repeated<F extends Record<string, Field<any>>>(number: number, message: Message<F>): Field<readonly ValuesOf<F>[]> {
  return list(number, (raw) => message.decode(bytesOf(raw)), (value) => message.encode(value));
}

export function repeatedBytes(number: number, size?: number): Field<readonly Bytes[]> {
  return list(number, (raw) => bytesOf(raw, size), (value) => value);
}

function single<T>(number: number, absent: T, from: (raw: Raw) => T, to: (value: T) => Raw, isDefault: (value: T) => boolean): Field<T> {
  return {
    number,
    isRepeated: false,
    absent,
    required: undefined,
    read(raw) {
      const value = from(raw);
      if (isDefault(value)) {
        throw new Refused('a value that equals the default is written out.');
      }
      return value;
    },
    write: (value) => (isDefault(value) ? [] : [to(value)]),
  };
}

function list<T>(number: number, from: (raw: Raw) => T, to: (value: T) => Raw): Field<readonly T[]> {
  return {
    number,
    isRepeated: true,
    absent: [],
    required: undefined,
    // The list grows in place: a new one for every element would make long messages slow.
    read: (raw, before) => (before.length === 0 ? [from(raw)] : append(before as T[], from(raw))),
    write: (values) => values.map(to),
  };
}

function append<T>(values: T[], value: T): T[] {
  values.push(value);
  return values;
}

function bytesOf(raw: Raw, size?: number): Bytes {
  if (typeof raw === 'bigint') {
    throw new Refused('a number stands where bytes belong.');
  }
  if (size !== undefined && raw.length !== size) {
    throw new Refused(`there are ${raw.length} bytes instead of ${size}.`);
  }
  return copyOf(raw);
}

function numberOf(raw: Raw): bigint {
  if (typeof raw !== 'bigint') {
    throw new Refused('bytes stand where a number belongs.');
  }
  return raw;
}

// What does not fit is a caller's mistake: cut to 64 bits it would be another number, and be signed.
function inSigned64(value: bigint): bigint {
  if (BigInt.asIntN(64, value) !== value) {
    throw new RangeError(`${value} does not fit into 64 bits with a sign.`);
  }
  return value;
}

function atMost(value: bigint, most: bigint): bigint {
  if (value > most) {
    throw new Refused(`the number ${value} is greater than ${most}.`);
  }
  return value;
}
