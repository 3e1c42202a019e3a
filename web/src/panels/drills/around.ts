/** What may be shown round a drill: the layers of the map that bear on it. */
export const AROUND_LAYERS = ['hazards', 'resources', 'protected-places'] as const
export type AroundLayer = (typeof AROUND_LAYERS)[number]
