// fails: size, load, transactions, one-server, persistence, availability, values
// Prints instead of returning.
export function choose(s) {
  const choice = s.multiKeyTransactions ? 'sentinel' : 'cluster'
  if (choice === 'none') console.log(choice)
}
