import type { Knex } from 'knex'
import * as createAreasAndPeople from './0001_create_areas_and_people.ts'
import * as createSitesAndHazards from './0002_create_sites_and_hazards.ts'
import * as createDrillsAndResources from './0003_create_drills_and_resources.ts'
import * as createBaseMap from './0004_create_base_map.ts'
import * as createImportsAndChanges from './0005_create_imports_and_changes.ts'
import * as prepareTilesAndDrillStates from './0006_prepare_tiles_and_drill_states.ts'
import * as createAssessments from './0007_create_assessments.ts'
import * as keepRecordStates from './0008_keep_record_states.ts'
import * as describeClauses from './0009_describe_clauses.ts'
import * as explainRetirement from './0010_explain_retirement.ts'
import * as indexDrillsBySite from './0011_index_drills_by_site.ts'

interface Migration {
  name: string
  up: (db: Knex) => Promise<void>
}

/** In order. Migrations only go forward: a mistake is mended by a later one. */
export const MIGRATIONS: Migration[] = [
  { name: '0001_create_areas_and_people', up: createAreasAndPeople.up },
  { name: '0002_create_sites_and_hazards', up: createSitesAndHazards.up },
  { name: '0003_create_drills_and_resources', up: createDrillsAndResources.up },
  { name: '0004_create_base_map', up: createBaseMap.up },
  { name: '0005_create_imports_and_changes', up: createImportsAndChanges.up },
  { name: '0006_prepare_tiles_and_drill_states', up: prepareTilesAndDrillStates.up },
  { name: '0007_create_assessments', up: createAssessments.up },
  { name: '0008_keep_record_states', up: keepRecordStates.up },
  { name: '0009_describe_clauses', up: describeClauses.up },
  { name: '0010_explain_retirement', up: explainRetirement.up },
  { name: '0011_index_drills_by_site', up: indexDrillsBySite.up },
]
