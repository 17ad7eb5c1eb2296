/** What cluster nodes say to one another. */
export type BusMessage = { readonly kind: 'bus' }
