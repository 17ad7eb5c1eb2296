import { family, type Run } from '../command.js'
import { OK, RedisError } from '../reply.js'
import { Words } from '../words.js'
import rows from './functions.json' with { type: 'json' }

const flush: Run = (_, argv) => {
  if (argv.length > 3)
    throw new RedisError(
      `ERR unknown subcommand or wrong number of arguments for '${argv[1]}'. Try FUNCTION HELP.`,
    )
  if (argv.length === 3 && !['SYNC', 'ASYNC'].includes(argv[2].toUpperCase()))
    throw new RedisError('ERR FUNCTION FLUSH only supports SYNC|ASYNC option')
  return OK
}

const list: Run = (_, argv) => {
  const words = new Words(argv, 2)
  let [hasPattern, hasCode] = [false, false]
  while (words.more) {
    if (!hasCode && words.takes('WITHCODE')) hasCode = true
    else if (!hasPattern && words.takes('LIBRARYNAME')) {
      if (!words.more) throw new RedisError('ERR library name argument was not given')
      words.next()
      hasPattern = true
    } else throw new RedisError(`ERR Unknown argument ${words.next()}`)
  }
  return []
}

/** Functions can't be loaded here: clients that clean up or look for their libraries are told that there is none. */
export const functions = family('scripting', rows, {
  'function|flush': flush,
  'function|list': list,
})
