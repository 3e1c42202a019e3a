/**
 * Positions of millions of nodes in three plain arrays: a Map of them would take five times the memory. Ask for ids
 * first, `close` the list, then `set` what the file holds.
 */
export class NodePositions {
  private ids = new Float64Array(1024)
  private count = 0
  private lngs = new Float64Array(0)
  private lats = new Float64Array(0)

  want(id: number): void {
    if (this.count === this.ids.length) {
      const larger = new Float64Array(this.ids.length * 2)
      larger.set(this.ids)
      this.ids = larger
    }
    this.ids[this.count++] = id
  }

  /** Sorts what was asked for and drops repeats. */
  close(): void {
    const sorted = this.ids.subarray(0, this.count).sort()
    let kept = 0
    for (let index = 0; index < sorted.length; index++) {
      if (index === 0 || sorted[index] !== sorted[kept - 1]) sorted[kept++] = sorted[index] ?? 0
    }
    this.ids = sorted.slice(0, kept)
    this.count = kept
    this.lngs = new Float64Array(kept).fill(Number.NaN)
    this.lats = new Float64Array(kept).fill(Number.NaN)
  }

  set(id: number, lng: number, lat: number): void {
    const index = this.find(id)
    if (index < 0) return
    this.lngs[index] = lng
    this.lats[index] = lat
  }

  /** null where the file does not hold the node, as at the edge of an extract. */
  get(id: number): [number, number] | null {
    const index = this.find(id)
    const lng = this.lngs[index]
    const lat = this.lats[index]
    return lng === undefined || lat === undefined || Number.isNaN(lng) ? null : [lng, lat]
  }

  private find(id: number): number {
    let low = 0
    let high = this.count - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const found = this.ids[middle] ?? 0
      if (found === id) return middle
      if (found < id) low = middle + 1
      else high = middle - 1
    }
    return -1
  }
}
