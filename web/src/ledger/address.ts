import { type Bytes, equal, fromHex, shortened, toHex, utf8 } from './bytes.ts';
import { sha256, underDomain } from './hash.ts';
import { Refused } from './outcome.ts';

/** The first 20 bytes of a digest of a key or a name. */
export type Address = Bytes;

export const addressSize = 20;
const checksumSize = 4;

/** The sender of the genesis' calls and the proposer of block 0. */
export const nobody: Address = new Uint8Array(addressSize);

export async function addressOfKey(compressed: Uint8Array): Promise<Address> {
  return (await sha256(compressed)).slice(0, addressSize);
}

/** The address of something that has a name instead of a key; a contract's name here is `contract/` and its name. */
export async function addressOfName(name: string): Promise<Address> {
  return (await sha256(underDomain('commonwatt/name/1', utf8(name)))).slice(0, addressSize);
}

/** `cw`, 40 digits of the address, 8 of its checksum. */
export async function printAddress(address: Address): Promise<string> {
  return `cw${toHex(address)}${toHex(await checksumOf(address))}`;
}

/** The address that such a text stands for; refused is everything else, upper case too. */
export async function parseAddress(text: string): Promise<Address> {
  if (!/^cw[0-9a-f]{48}$/.test(text)) {
    throw new Refused(`'${shortened(text)}' is no address: an address is cw and 48 lower-case hexadecimal digits.`);
  }
  const address = fromHex(text.slice(2, 42));
  if (!equal(await checksumOf(address), fromHex(text.slice(42)))) {
    throw new Refused(`'${text}' is no address: its last 8 digits do not fit the others, so that there is a typing error in it.`);
  }
  return address;
}

async function checksumOf(address: Address): Promise<Bytes> {
  return (await sha256(underDomain('commonwatt/address/1', address))).slice(0, checksumSize);
}
