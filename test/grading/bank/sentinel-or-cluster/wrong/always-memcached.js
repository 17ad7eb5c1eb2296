// fails: size, load, transactions, one-server, persistence, availability, values
// One answer for everything.
export const choose = () => 'memcached'
