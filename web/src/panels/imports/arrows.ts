interface Point {
  x: number
  y: number
}

/** Room for the circles at both ends, and the size of the head. */
const GAP = 8
const HEAD = 5

/** An arrow between two circles as the data of a path; two that touch have none. */
export function arrowOf(from: Point, to: Point): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y)
  if (length <= 2 * GAP + HEAD) return ''
  const along = { x: (to.x - from.x) / length, y: (to.y - from.y) / length }
  const start = { x: from.x + along.x * GAP, y: from.y + along.y * GAP }
  const tip = { x: to.x - along.x * GAP, y: to.y - along.y * GAP }
  const wing = (side: 1 | -1) => ({
    x: tip.x - along.x * HEAD - side * along.y * HEAD * 0.7,
    y: tip.y - along.y * HEAD + side * along.x * HEAD * 0.7,
  })
  const at = ({ x, y }: Point) => `${Number(x.toFixed(1))} ${Number(y.toFixed(1))}`
  return `M${at(start)}L${at(tip)}M${at(wing(1))}L${at(tip)}L${at(wing(-1))}`
}
