import { asFeature, type Located } from '../http/list-reply.ts'

/** A list as one FeatureCollection, batch by batch. What has no place keeps its row with a null geometry. */
export async function* writeGeojson(
  batches: AsyncIterable<readonly Located[]>,
  numberMatched: number,
): AsyncGenerator<string> {
  yield `{"type":"FeatureCollection","numberMatched":${numberMatched},"features":[`
  let numberReturned = 0
  for await (const items of batches) {
    const features = items.map((item) => JSON.stringify(asFeature(item)))
    if (features.length > 0) yield `${numberReturned > 0 ? ',' : ''}\n${features.join(',\n')}`
    numberReturned += items.length
  }
  yield `\n],"numberReturned":${numberReturned}}\n`
}
