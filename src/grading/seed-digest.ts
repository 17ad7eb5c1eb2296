import { scrypt } from 'node:crypto'
import { promisify } from 'node:util'
import { InputError } from '../input-error.js'
import { fact, isMerging } from '../parallel/division.js'

const BYTES = 16
/** Takes 0.1 s and 64 MB a guess, as a seed may be short: OWASP's “Password Storage Cheat Sheet” has these for scrypt. */
const COST = { N: 1 << 16, r: 8, p: 2, maxmem: 128 << 20 }

const scrypted = promisify(scrypt) as (
  secret: string,
  salt: string,
  length: number,
  options: object,
) => Promise<Buffer>

/** A digest of a seed. `salt` is what else there is, so that no digests can be prepared. */
export async function digestOfSeed(seed: string, salt: unknown): Promise<string> {
  return (await scrypted(seed, JSON.stringify(salt), BYTES, COST)).toString('hex')
}

/**
 * Throws InputError where parts have another seed. They hold only a digest of it, as whoever has the seed knows all
 * hidden cases. `salt` is what else they have in common, so that no digests can be prepared. Merging works without the
 * seed, which only the instructor's reports show.
 */
export async function checkSameSeed(seed: string | undefined, salt: unknown): Promise<void> {
  const make = async () => (seed === undefined ? null : digestOfSeed(seed, salt))
  const known = await fact('the seed’s digest', make)
  if (isMerging() && seed !== undefined && known !== (await make()))
    throw new InputError('the seed in CACHELAB_SEED is not that of the parts')
}
