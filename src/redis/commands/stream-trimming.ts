import type { Client } from '../client.js'
import { parseCount } from '../numbers.js'
import { RedisError, syntaxError } from '../reply.js'
import type { StreamId, Trimming } from '../values/stream.js'
import type { Words } from '../words.js'
import { parseId, parsePartialId } from './stream-ids.js'

/** Nodes that an approximate trimming without LIMIT goes through, and what its limit is at most and without a limit of nodes. */
const MAX_NODES = 100
const MAX_LIMIT = 1_000_000
const DEFAULT_LIMIT = 10_000

const error = (text: string) => new RedisError(`ERR ${text}`)
const invalid = (text: string) => error(`syntax error, ${text}`)

/** What XADD and XTRIM have in common. */
export interface TrimRequest {
  readonly isConditional: boolean
  readonly trimming: Trimming | undefined
  /** The ID of XADD; undefined where the server makes it, or where it is missing. */
  readonly id: { readonly id: StreamId; readonly isPartial: boolean } | undefined
}

type Amount = Pick<Trimming, 'maxLength' | 'minId' | 'isApproximate'>

function parseAmount(words: Words, option: string): Amount {
  let isApproximate = false
  if (words.left >= 2) {
    isApproximate = words.takes('~')
    if (!isApproximate) words.takes('=')
  }
  if (option === 'MINID') return { minId: parseId(words.next()), isApproximate }
  const maxLength = parseCount(words.next())
  if (maxLength < 0) throw error('The MAXLEN argument must be >= 0.')
  return { maxLength, isApproximate }
}

/** Reads options up to the ID of XADD, or all words of XTRIM. */
export function parseTrimRequest({ server }: Client, words: Words, isAdding: boolean): TrimRequest {
  let amount: Amount | undefined
  let limit: number | undefined
  let isConditional = false
  let id: TrimRequest['id']
  while (words.more && !(isAdding && words.takes('*'))) {
    const word = words.next()
    const option = word.toUpperCase()
    if ((option === 'MAXLEN' || option === 'MINID') && words.more) {
      if (amount) throw invalid('MAXLEN and MINID options at the same time are not compatible')
      amount = parseAmount(words, option)
    } else if (option === 'LIMIT' && words.more) {
      limit = words.count()
      if (limit < 0) throw error('The LIMIT argument must be >= 0.')
    } else if (!isAdding) throw syntaxError()
    else if (option === 'NOMKSTREAM') isConditional = true
    else {
      id = parsePartialId(word, 0n)
      break
    }
  }
  if (limit && !amount) throw invalid('LIMIT cannot be used without specifying a trimming strategy')
  if (!isAdding && !amount) throw invalid('XTRIM must be called with a trimming strategy')
  if (limit !== undefined && !amount?.isApproximate)
    throw invalid('LIMIT cannot be used without the special ~ option')
  const ofNodes = MAX_NODES * server.settings.streamNodeMaxEntries || DEFAULT_LIMIT
  const most = amount?.isApproximate ? (limit ?? Math.min(ofNodes, MAX_LIMIT)) : 0
  return { isConditional, trimming: amount && { ...amount, limit: most }, id }
}
