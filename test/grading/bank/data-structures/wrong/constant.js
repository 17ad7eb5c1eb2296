// fails: session, leaderboard, recent, likes, chat, leaderboard-cost, recent-cost, likes-cost, chat-cost, together
// Always the same, whatever is asked.
const nothing = () => [['GET', 'nothing']]
const hello = () => [
  ['DEL', 'a'],
  ['RPUSH', 'a', 'hello'],
  ['LRANGE', 'a', 0, -1],
]

export const saveSession = nothing
export const changeField = nothing
export const readField = nothing
export const addPoints = nothing
export const best = hello
export const place = () => [['STRLEN', 'nothing']]
export const view = nothing
export const recent = hello
export const like = nothing
export const likes = hello
export const hasLiked = () => [['EXISTS', 'nothing']]
export const send = nothing
export const receive = hello
