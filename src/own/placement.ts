import { type HashFunction, hashText } from '../hashing/index.js'
import { InputError, NotOffered } from '../input-error.js'
import { addPlacement, HashedPlacement, type PlacementOptions } from '../placement/index.js'
import { exportOf, isClass, type OwnExport, type OwnFile, parametersOf } from './source.js'

/**
 * What a placement of a file has. Nodes come and go by making another one of the new list of nodes.
 *
 * @example
 * import { type OwnPlacement, type OwnPlacementOptions, ringDistribution } from 'cachelab/placement'
 * // The last digits of the hash decide.
 * class LastDigits implements OwnPlacement {
 *   constructor(readonly nodes: readonly string[], readonly options: OwnPlacementOptions) {}
 *   locate(key: string): string {
 *     return this.nodes[this.options.hash(key) % this.nodes.length]
 *   }
 * }
 * const { tables } = await ringDistribution({ nodes: 3, placement: LastDigits })
 * tables[0].rows.map(({ keys }) => keys) // [ 3330, 3403, 3267 ]
 */
export interface OwnPlacement {
  /** The name of the node that owns a key. */
  locate(key: string): string
  /** The owner first, then the distinct nodes that hold copies; for commands with --replicas. */
  replicas?(key: string, count: number): string[]
}

/** What a placement of a file is told beside the nodes. */
export interface OwnPlacementOptions {
  /** Virtual nodes of each node. */
  readonly vnodes: number
  /** Another seed, another placement; undefined for the lesson’s. */
  readonly seed: number | undefined
  /** How many keys will be placed. */
  readonly keys: number
  /** The factor by which a node may have more than its share. */
  readonly loadFactor: number
  /** Weight by node; 1 where there is none. */
  readonly weights: Readonly<Record<string, number>>
  /** The value of --hash for a text: 0 … 2³² − 1, or less for short hashes. */
  readonly hash: (text: string) => number
}

/** Finds the nodes of many keys at once. */
interface Locator extends Pick<OwnPlacement, 'replicas'> {
  /** One at a time, where that can be asked for. */
  locate?(key: string): unknown
  locateAll(keys: readonly string[]): readonly unknown[]
}

type Create = (nodes: readonly string[], options: OwnPlacementOptions) => Locator

/** Registers the placement of a file under the file's name. Throws InputError where it doesn't fit. */
export function addOwnPlacement(file: OwnFile): void {
  const { name, exports } = file
  const create = isExercise(file) ? ofExercise(exports.locate) : ofExport(file)
  const keys = new Keys(name)
  addPlacement(name, {
    create: (nodes, options) => new PlacementOfFile(name, keys, nodes, options, create),
    hash: keys,
    uses: ['vnodes', 'hash', 'seed', 'loadFactor', 'weights'],
    ...{ lookup: '', limits: '', paper: '', rule: `The rule of ${name}.` },
  })
}

/**
 * The keys of a placement that wants their text: the "hash" of a key is its number in a list. So the experiments, which
 * hash a key once and then ask for its node, need to know nothing of it. O(1) and one string a key.
 */
class Keys implements HashFunction {
  readonly bits = 32
  readonly about = 'keys are placed by their text'
  readonly texts: string[] = []

  constructor(readonly name: string) {}

  readonly hash = (bytes: Uint8Array, start: number, end: number): number =>
    this.texts.push(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString()) - 1
}

class PlacementOfFile extends HashedPlacement {
  /** Unknown. */
  readonly bytes = 0
  private readonly owners_: number[] = []
  private locator: Locator

  constructor(
    private readonly file: string,
    private readonly keys: Keys,
    nodes: readonly string[],
    private readonly options: PlacementOptions,
    private readonly create: Create,
  ) {
    super(nodes, keys)
    this.locator = this.made()
  }

  private made(): Locator {
    const { hash, ...options } = this.options
    this.owners_.length = 0
    return this.create([...this.names], {
      ...options,
      seed: options.seed,
      weights: options.weights ?? {},
      hash: (text) => hashText(hash.hash, text),
    })
  }

  owner(position: number): number {
    const { owners_, keys, locator } = this
    if (locator.locate) {
      const key = keys.texts[position]
      owners_[position] ??= this.indexOf(locator.locate(key), key)
    } else if (position >= owners_.length) {
      const fresh = keys.texts.slice(owners_.length)
      const nodes = locator.locateAll(fresh)
      for (const [i, key] of fresh.entries()) owners_.push(this.indexOf(nodes[i], key))
    }
    return owners_[position]
  }

  owners(position: number, count: number): number[] {
    const key = this.keys.texts[position]
    if (count === 1) return [this.owner(position)]
    const { replicas } = this.locator
    if (!replicas)
      throw new NotOffered(
        `${this.file} has no replicas(key, count), which copies of keys need`,
        'no replicas(key, count)',
      )
    const nodes = replicas.call(this.locator, key, count)
    const indices = nodes.map((node) => this.indexOf(node, key))
    if (new Set(indices).size !== Math.min(count, this.names.length))
      throw new InputError(
        `${this.file}: replicas(${JSON.stringify(key)}, ${count}) must give ${Math.min(count, this.names.length)} different nodes, and gave ${JSON.stringify(nodes)}`,
      )
    return indices
  }

  private indexOf(node: unknown, key: string): number {
    const index = this.names.indexOf(node as string)
    if (index < 0)
      throw new InputError(
        `${this.file}: the node of ${JSON.stringify(key)} must be one of ${this.names.join(', ')}, and is ${JSON.stringify(node)}`,
      )
    return index
  }

  add(node: string): void {
    this.names = this.namesWith(node)
    this.locator = this.made()
  }

  remove(node: string): void {
    const index = this.indexToRemove(node)
    this.names = this.names.filter((_, i) => i !== index)
    this.locator = this.made()
  }
}

function ofExport(file: OwnFile): Create {
  const found = exportOf(file)
  return (nodes, options) => {
    const given = isClass(found, 'locate') ? new found(nodes, options) : found(nodes, options)
    const locate = typeof given === 'function' ? given : given?.locate?.bind(given)
    if (typeof locate !== 'function')
      throw new InputError(`${file.name} must give an object with locate(key), or a function (key) => node`)
    const replicas = typeof given.replicas === 'function' ? given.replicas.bind(given) : undefined
    return { locate: (key) => locate(key), locateAll: (keys) => keys.map((key) => locate(key)), replicas }
  }
}

/** A solution of the exercise on the hash ring: locate(nodes, vnodes, keys) gives the nodes of all keys. */
const isExercise = ({ exports: { default: standard, locate }, part }: OwnFile): boolean =>
  standard === undefined &&
  (part === undefined || part === 'locate') &&
  typeof locate === 'function' &&
  parametersOf(locate) === 3

function ofExercise(locate: OwnExport): Create {
  return (nodes, { vnodes }) => ({
    locateAll: (keys) =>
      locate(
        nodes.map((name) => ({ name, weight: 1 })),
        vnodes,
        keys,
      ),
  })
}
