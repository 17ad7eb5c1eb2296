import type { Random } from '../../random/random.js'
import { type DiskSpeed, processorTime } from './setup.js'

/** What a disk writes at least, in bytes: a block of the file system. */
export const BLOCK = 4096
/** Bytes after which a child syncs what it has written: Redis's REDIS_AUTOSYNC_BYTES. */
const AUTOSYNC = 4 << 20

/** A disk that does one fsync after the other, whoever asks. Times are milliseconds. */
export class Disk {
  private free = 0
  /** Bytes written so far. */
  written = 0

  constructor(
    private readonly speed: DiskSpeed,
    private readonly random: Random,
  ) {}

  /** Asks for an fsync at a time, and returns when it ends. Half of its latency is fixed, half exponential. */
  sync(time: number, bytes: number): number {
    const { bandwidth, fsync } = this.speed
    const latency = (fsync / 2) * (1 - Math.log(1 - this.random.next()))
    this.written += bytes
    this.free = Math.max(time, this.free) + latency + (bytes / bandwidth) * 1000
    return this.free
  }
}

/** A forked child that writes the data set to an RDB file, with an fsync every 4 MB and one at the end. */
export class Child {
  /** When the file is complete and synced; Infinity until that is known. */
  end = Infinity
  private readonly perByte: number
  private ready: number

  constructor(
    private readonly disk: Disk,
    /** When the fork was done, and how many writes the data set then held. */
    readonly forked: number,
    readonly included: number,
    keys: number,
    private left: number,
  ) {
    this.perByte = processorTime('save', keys, left) / left
    this.ready = forked + this.perByte * Math.min(AUTOSYNC, left)
  }

  /** Lets it do what it begins up to a time, and says whether it has ended by then. Amortized O(1). */
  hasEnded(time: number): boolean {
    while (this.left > 0 && this.ready <= time) {
      const chunk = Math.min(AUTOSYNC, this.left)
      const synced = this.disk.sync(this.ready, chunk)
      this.left -= chunk
      if (this.left === 0) this.end = synced
      else this.ready = synced + this.perByte * Math.min(AUTOSYNC, this.left)
    }
    return this.end <= time
  }
}
