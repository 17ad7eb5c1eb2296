// fails: likes, likes-cost, chat, chat-cost
// Commands that only repeat what they are given.
export * from '../right/plain.js'

export const hasLiked = (_user, post) => [['ECHO', post]]
export const receive = () => [['PING', 'hello']]
