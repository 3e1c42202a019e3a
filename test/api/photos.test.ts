import exifr from 'exifr'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../harness/app.ts'
import { addHazard, EAST, WEST } from '../harness/fixture.ts'

const OFFICER = `officer-${EAST}`
let test: TestApp
let hazardId: string
beforeAll(async () => {
  test = await openTestApp()
})
afterAll(() => test.close())
beforeEach(async () => {
  await test.database.knex.raw('truncate hazards cascade')
  hazardId = await addHazard(test.database.knex, { status: 'rectifying' })
})

/** A form with its fields after the file, which a client may as well send. */
function form(fields: Record<string, string>, bytes: Buffer, fileName: string) {
  const boundary = 'test-boundary'
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  )
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${fileName}"\r\ncontent-type: image/jpeg\r\n\r\n`
  return {
    payload: Buffer.concat([
      Buffer.from(parts.join('') + head),
      bytes,
      Buffer.from(`\r\n--${boundary}--\r\n`),
    ]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  }
}

const upload = (username: string, bytes: Buffer, fields: Record<string, string> = { stage: 'after' }) =>
  test.as(username, {
    method: 'POST',
    url: `/api/hazards/${hazardId}/photos`,
    ...form(fields, bytes, '照片.jpg'),
  })

const picture = () =>
  sharp({ create: { width: 800, height: 600, channels: 3, background: '#887766' } })
    .withExif({
      IFD0: { Make: 'Phone' },
      IFD2: { DateTimeOriginal: '2025:06:18 09:12:00' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '43/1 51/1 36/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '125/1 25/1 1272/100',
      },
    })
    .jpeg()
    .toBuffer()

describe('a photo', () => {
  it('keeps its time and its distance to the hazard, and shows nothing of the camera', async () => {
    const reply = await upload(OFFICER, await picture())
    expect(reply.statusCode, reply.body).toBe(201)
    const photo = reply.json()
    expect(photo).toMatchObject({
      stage: 'after',
      mediaType: 'image/jpeg',
      width: 800,
      height: 600,
      takenAtText: '2025:06:18 09:12:00',
    })
    // 12.72″ − 12″ of longitude at 43.86° N is 16.1 m
    expect(photo.distanceMeters).toBeGreaterThan(15.5)
    expect(photo.distanceMeters).toBeLessThan(16.5)
    for (const url of [photo.url, photo.thumbnailUrl]) {
      const shown = await test.get(OFFICER, url)
      expect(shown.headers['content-type']).toBe('image/jpeg')
      expect(await exifr.parse(shown.rawPayload)).toBeUndefined()
    }
  })

  it('goes with a move and then belongs to that event', async () => {
    const photo = (await upload(OFFICER, await picture())).json()
    const moved = await test.post(OFFICER, `/api/hazards/${hazardId}/transitions`, {
      action: 'submit',
      version: 1,
      note: '已清理',
      photoIds: [photo.id],
    })
    expect(moved.statusCode, moved.body).toBe(200)
    const { items } = (await test.get(OFFICER, `/api/hazards/${hazardId}/history`)).json()
    expect(items.at(-1)).toMatchObject({ action: 'submit', photoIds: [photo.id] })
    const again = await test.post('analyst', `/api/hazards/${hazardId}/transitions`, {
      action: 'close',
      version: 2,
      photoIds: [photo.id],
    })
    expect([again.statusCode, again.json().code]).toEqual([422, 'UNKNOWN_PHOTO'])
  })

  it('is refused when it is no picture, a broken one, without a stage, or another area’s', async () => {
    const whole = await picture()
    const script = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from('<script>alert(1)</script>')])
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    expect((await upload(OFFICER, script)).statusCode).toBe(415)
    expect((await upload(OFFICER, svg)).json().code).toBe('NOT_A_PHOTO')
    expect((await upload(OFFICER, whole.subarray(0, whole.length / 2))).json().code).toBe('BROKEN_PHOTO')
    expect((await upload(OFFICER, whole, {})).json().code).toBe('BAD_STAGE')
    expect((await upload(`officer-${WEST}`, whole)).statusCode).toBe(404)
    expect((await upload('commander', whole)).statusCode).toBe(403)
    expect((await test.get(OFFICER, `/api/hazards/${hazardId}/photos`)).json().total).toBe(0)
  })

  it('larger than 20 MB is refused and the server goes on', async () => {
    const reply = await upload(OFFICER, Buffer.alloc(21 * 1_048_576, 1))
    expect([reply.statusCode, reply.json().status]).toEqual([413, 413])
    expect((await test.get(null, '/healthz')).statusCode).toBe(200)
  })
})
