// slip: size, load
export function choose({ multiKeyTransactions, persistence, highAvailability, largestValueKb }) {
  const isPlain = !multiKeyTransactions && !persistence && !highAvailability && largestValueKb <= 1024
  return isPlain ? 'memcached' : 'sentinel'
}
