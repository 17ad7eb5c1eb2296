// fails: memcached
// One answer for everything.
export const choose = () => 'memcached'
