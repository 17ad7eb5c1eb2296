import { type FSWatcher, lstatSync, readdirSync, watch } from 'node:fs'
import { join } from 'node:path'

/** How often files are looked at where the system tells nothing, as on many network drives; in milliseconds. */
const POLL_MS = 500
const MAX_FOLDERS = 1000
const FOLDER = 'folder '

/**
 * Tells of every change of a file below a folder. Folders are watched and not files, because many programs save by
 * putting a new file in the place of the old one. The files that are named are also looked at every half second.
 */
export class SaveWatch {
  private readonly watchers = new Map<string, FSWatcher>()
  private readonly versions = new Map<string, string>()
  private readonly timer: NodeJS.Timeout

  /**
   * @param files the files to look at, as normal paths relative to the folder
   * @param isIgnored which paths, relative to the folder, are of no interest
   * @param changed is told of each change, with the path relative to the folder
   *
   * Throws the system's error where the folder can't be watched.
   */
  constructor(
    private readonly folder: string,
    files: readonly string[],
    private readonly isIgnored: (path: string) => boolean,
    private readonly changed: (path: string) => void,
  ) {
    for (const path of files) this.versions.set(path, this.versionOf(path))
    readdirSync(folder)
    this.open('')
    this.timer = setInterval(() => {
      for (const path of files) this.look(path)
    }, POLL_MS)
  }

  close(): void {
    clearInterval(this.timer)
    for (const watcher of this.watchers.values()) watcher.close()
  }

  /** Watches a folder and those in it. Where the system refuses, only the files that were named are looked at. */
  private open(path: string): void {
    this.watchers.get(path)?.close()
    this.watchers.delete(path)
    if (this.watchers.size >= MAX_FOLDERS) return
    try {
      const watcher = watch(join(this.folder, path), (_, name) => {
        if (name !== null) this.look(join(path, name))
      })
      this.watchers.set(
        path,
        watcher.on('error', () => watcher.close()),
      )
      for (const entry of readdirSync(join(this.folder, path), { withFileTypes: true })) {
        const inside = join(path, entry.name)
        if (!entry.isDirectory() || this.isIgnored(inside)) continue
        this.versions.set(inside, this.versionOf(inside))
        this.open(inside)
      }
    } catch {
      // It is gone again, or there are too many.
    }
  }

  /** Tells of a file's change, once for all the events that it comes with. */
  private look(path: string): void {
    if (this.isIgnored(path)) return
    const version = this.versionOf(path)
    if (version === (this.versions.get(path) ?? '')) return
    this.versions.set(path, version)
    if (version.startsWith(FOLDER)) this.open(path)
    this.changed(path)
  }

  /** Differs whenever a file was written or replaced, or a folder replaced; empty where there is nothing. */
  private versionOf(path: string): string {
    try {
      const about = lstatSync(join(this.folder, path), { bigint: true })
      if (about.isDirectory()) return `${FOLDER}${about.ino} ${about.birthtimeNs}`
      return `${about.ino} ${about.size} ${about.mtimeNs} ${about.ctimeNs}`
    } catch {
      return ''
    }
  }
}
