import type { Answer } from '../simulation/caller.js'
import type { CacheEntry, Reply } from './protocol.js'

/** Stands for the answer of a node that didn't answer in time. */
export const TIMED_OUT: Reply = { status: 'timeout' }

/** Whether a node answered for the key, even if it has no value. */
export function isCertain(reply: Reply): boolean {
  return reply.status === 'found' || reply.status === 'missing'
}

export function entryOf(reply: Reply): CacheEntry | undefined {
  return reply.status === 'found' ? reply.entry : undefined
}

export function versionOf(reply: Reply): number {
  return entryOf(reply)?.version ?? 0
}

/** The nodes whose answers show that they don't have an entry, or aren't sure of it. */
export function behind(answers: readonly Answer<Reply>[], { version }: CacheEntry): number[] {
  return answers.flatMap(({ node, reply }) =>
    (isCertain(reply) ? versionOf(reply) < version : reply.status === 'unsure') ? [node] : [],
  )
}
