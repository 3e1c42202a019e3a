import { expect } from 'vitest'
import type { ImportReport, ImportRowPage } from '../../server/imports/schema.ts'
import type { TestApp } from './app.ts'
import { type CellEdit, editWorkbook } from './edit-workbook.ts'
import { check } from './import-files.ts'

const SHEETS = { hazards: '隐患排查治理台账', risks: '安全风险分级管控清单', sites: '风险清单' } as const

/** What a person does with an exported file, and what comes of it. */
export function makeEditor(test: () => TestApp) {
  const db = () => test().database.knex
  async function exported(url: string, username = 'analyst'): Promise<Buffer> {
    const reply = await test().get(username, url)
    expect(reply.statusCode, reply.body).toBe(200)
    return reply.rawPayload
  }
  return {
    exported,
    ledger: () => exported('/api/hazards.xlsx?sort=number'),
    riskList: () => exported('/api/risk-list.xlsx?sort=name'),
    edited: async (bytes: Buffer, edits: CellEdit[], kind: keyof typeof SHEETS = 'hazards') =>
      check(test(), await editWorkbook(bytes, SHEETS[kind], edits), { kind }),
    changesOf: async (report: ImportReport) => {
      const page: ImportRowPage = (
        await test().get('analyst', `/api/imports/${report.id}/rows?outcome=changed`)
      ).json()
      return page.items.map((row) => row.changes)
    },
    /** The row as it stands, without what follows from others: its moment, and who was counted around a place. */
    stored: async (table: string, id: string) => {
      const {
        updated_at: _,
        exposure: _e,
        exposed_people: _p,
        ...row
      } = await db()(table).where({ id }).first()
      return row
    },
    patch: async (path: string, payload: object) => {
      const reply = await test().patch('analyst', path, payload)
      expect(reply.statusCode, reply.body).toBe(200)
    },
    addRisk: async (siteId: string, rest: object = {}) => {
      const id = crypto.randomUUID()
      await db()('risks').insert({
        id,
        site_id: siteId,
        name: '制冷系统',
        method: 'lec',
        inputs: { L: 6, E: 6, C: 15 },
        score: 540,
        level: 1,
        ...rest,
      })
      return id
    },
  }
}
