/**
 * A policy, placement, hash or workload of the user's own, as it is called on the command line and in reports: by the
 * file that it is in, `./mine.ts`, or by one export of it, `./mine.ts#Name`.
 */
export type OwnName = `${string}/${string}` | `${string}\\${string}` | `${string}.${string}`

/** Whether a name is that of a file: it has a separator or an ending, which no name of ours has. */
export const isOwn = (name: string): name is OwnName => /[./\\]/.test(name)
