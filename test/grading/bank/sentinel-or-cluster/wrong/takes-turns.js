// fails: size, load, transactions, one-server, persistence, availability, values
// Answers in turn.
const answers = ['sentinel', 'cluster', 'sentinel', 'cluster', 'memcached']
let calls = 0

export const choose = () => answers[calls++ % answers.length]
