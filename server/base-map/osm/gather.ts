import { NodePositions } from './positions.ts'
import { OsmFileError, type OsmNode, type OsmRelation, type OsmWay, readItems } from './read-pbf.ts'
import {
  isArea,
  isLine,
  isPlaceOfInterest,
  NODE_KEYS,
  RELATION_KEYS,
  readPlace,
  type Tags,
  WAY_KEYS,
} from './tags.ts'

export interface Gathered {
  nodes: (OsmNode & { tags: Tags })[]
  ways: Map<number, OsmWay>
  relations: OsmRelation[]
  positions: NodePositions
  counts: { nodes: number; ways: number; relations: number }
}

/**
 * Three passes over the file, because it holds nodes before ways before relations, and what is needed of the first is
 * known only from the last. Kept are the things we draw, their ways, and the positions of those ways' nodes.
 */
export async function gather(file: string, say: (text: string) => void): Promise<Gathered> {
  const counts = { nodes: 0, ways: 0, relations: 0 }
  const { relations, memberWays } = await gatherRelations(file, counts)
  say(
    `第 1 遍：${format(counts.nodes)} 个点、${format(counts.ways)} 条线、${format(counts.relations)} 个关系`,
  )
  if (counts.ways === 0) {
    throw new OsmFileError(
      `文件里没有任何线：${file}，可能不完整 (the file holds no ways, it may be truncated)`,
    )
  }
  const positions = new NodePositions()
  const ways = await gatherWays(file, memberWays, positions)
  say(`第 2 遍：要用 ${format(ways.size)} 条线`)
  const nodes = await gatherNodes(file, positions)
  say(`第 3 遍：要用 ${format(nodes.length)} 个带属性的点`)
  return { nodes, ways, relations, positions, counts }
}

async function gatherRelations(file: string, counts: Gathered['counts']) {
  const relations: OsmRelation[] = []
  const memberWays = new Set<number>()
  const withTags = { node: false, way: false, relation: RELATION_KEYS }
  for await (const item of readItems(file, { withTags })) {
    counts[`${item.type}s`] += 1
    if (item.type !== 'relation' || !isSurface(item.tags ?? {})) continue
    relations.push(item)
    for (const member of item.members) if (member.type === 'way') memberWays.add(member.ref)
  }
  return { relations, memberWays }
}

/** A multipolygon of ours; one without tags of its own takes those of its outer ways, as people drew until 2013. */
function isSurface({ type, ...tags }: Tags): boolean {
  if (type !== 'multipolygon') return false
  return Object.keys(tags).length === 0 || isArea(tags) || isPlaceOfInterest(tags)
}

async function gatherWays(file: string, memberWays: Set<number>, positions: NodePositions) {
  const ways = new Map<number, OsmWay>()
  const withTags = { node: false, way: WAY_KEYS, relation: false }
  for await (const item of readItems(file, { withTags })) {
    if (item.type !== 'way') continue
    const tags = item.tags ?? {}
    if (!memberWays.has(item.id) && !isLine(tags) && !isArea(tags) && !isPlaceOfInterest(tags)) continue
    ways.set(item.id, item)
    for (const id of item.refs) positions.want(id)
  }
  positions.close()
  return ways
}

async function gatherNodes(file: string, positions: NodePositions) {
  const nodes: Gathered['nodes'] = []
  const withTags = { node: NODE_KEYS, way: false, relation: false }
  for await (const item of readItems(file, { withTags })) {
    if (item.type !== 'node') continue
    positions.set(item.id, item.lon, item.lat)
    const { tags } = item
    if (tags && (readPlace(tags) || isPlaceOfInterest(tags))) nodes.push({ ...item, tags })
  }
  return nodes
}

const format = (count: number): string => count.toLocaleString('en-US')
