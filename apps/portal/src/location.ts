/** What the page shows. It stands in the query alone, so that any server of static files can serve the page. */
export type Place =
  | { readonly page: 'list'; readonly regionCode: string; readonly year: string }
  | { readonly page: 'draw'; readonly drawId: string }
  | { readonly page: 'verify' }
  | { readonly page: 'opening' }

export function placeOf(search: string): Place {
  const query = new URLSearchParams(search)
  const drawId = query.get('draw')
  if (drawId !== null && /^[0-9a-f]{64}$/.test(drawId)) return { page: 'draw', drawId }
  const page = query.get('page')
  if (page === 'verify' || page === 'opening') return { page }
  return { page: 'list', regionCode: query.get('region') ?? '', year: query.get('year') ?? '' }
}

export function searchOf(place: Place): string {
  switch (place.page) {
    case 'list':
      return queryOf({ region: place.regionCode, year: place.year })
    case 'draw':
      return queryOf({ draw: place.drawId })
    case 'verify':
    case 'opening':
      return queryOf({ page: place.page })
    default:
      return place satisfies never
  }
}

const queryOf = (members: Readonly<Record<string, string>>): string => {
  const given = Object.entries(members).filter(([, value]) => value !== '')
  return given.length === 0 ? './' : `?${new URLSearchParams(given)}`
}
