import type { Knex } from 'knex'
import { saveProtectedPlaces, saveResources } from '../../server/base-map/places-of-interest.ts'
import { mergeBlocks, replaceFeatures } from '../../server/base-map/store.ts'
import { recordChange } from '../../server/db/changes.ts'
import { refreshExposure } from '../../server/exposure/refresh.ts'
import { inventProtectedPlaces, inventResources } from './example-places.ts'
import { readUnitOutlines } from './outlines.ts'
import { makeRandom } from './random.ts'
import { asFeatures } from './schematic-features.ts'
import { drawSchematicNetwork } from './schematic-network.ts'

const PLACES_SEED = 118

export interface SchematicReport {
  baseFeatures: number
  resources: number
  protectedPlaces: number
}

/** Writes the invented streets, land use, water and railways, and invented resources and protected places. Repeatable. */
export async function loadSchematicBase(db: Knex): Promise<SchematicReport> {
  const outlines = await readUnitOutlines()
  const network = drawSchematicNetwork(outlines)
  const features = asFeatures(network)
  const random = makeRandom(PLACES_SEED)
  const resources = inventResources(network, random)
  const protectedPlaces = inventProtectedPlaces(network, random)

  return db.transaction(async (transaction) => {
    const landUses = await mergeBlocks(transaction, outlines, network.landUses)
    const baseFeatures =
      (await replaceFeatures(transaction, 'roads', 'schematic', features.roads)) +
      (await replaceFeatures(transaction, 'railways', 'schematic', features.railways)) +
      (await replaceFeatures(transaction, 'waters', 'schematic', features.waters)) +
      (await replaceFeatures(transaction, 'buildings', 'schematic', features.buildings)) +
      (await replaceFeatures(transaction, 'land_uses', 'schematic', landUses))
    const savedResources = await saveResources(transaction, resources)
    const savedPlaces = await saveProtectedPlaces(transaction, protectedPlaces)
    if (savedPlaces.length > 0) await refreshExposure(transaction, 'all', new Date())
    const record = (kind: 'base' | 'resource' | 'protectedPlace', areaCodes: (string | null)[]) =>
      recordChange(transaction, { kind, id: null, areaCodes, sectors: [] })
    if (baseFeatures > 0) await record('base', [])
    if (savedResources.length > 0) await record('resource', savedResources)
    if (savedPlaces.length > 0) await record('protectedPlace', savedPlaces)
    return { baseFeatures, resources: savedResources.length, protectedPlaces: savedPlaces.length }
  })
}
