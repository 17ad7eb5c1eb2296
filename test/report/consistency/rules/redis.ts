import type { Rule } from './values.js'

export const redisRules: Record<string, Rule> = {
  'redis complexity lesson': 'which of the commands the lesson simplifies is in no table',
  'redis durability theory': 'means of whole writes are in the table, milliseconds are not',
}
