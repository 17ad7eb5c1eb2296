/** Stores all requests in order. Four bytes a request. */
export class RequestLog {
  private all = new Uint32Array(1 << 20)
  private size = 0

  add(batch: Uint32Array): void {
    if (this.size + batch.length > this.all.length) {
      const larger = new Uint32Array(Math.max(2 * this.all.length, this.size + batch.length))
      larger.set(this.all)
      this.all = larger
    }
    this.all.set(batch, this.size)
    this.size += batch.length
  }

  get requests(): Uint32Array {
    return this.all.subarray(0, this.size)
  }
}
