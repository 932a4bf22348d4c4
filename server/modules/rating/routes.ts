import { GiveRating, RatingForm } from '../../../contract/ratings'
import { IdParams } from '../../../contract/wire'
import { acting } from '../../access'
import type { Deps } from '../../deps'
import type { App } from '../../http/server'
import { rate, ratingForm } from './service'

/** 好差评: one case, one rating, changeable once while the window is open. */
export function registerRatings(app: App, deps: Deps): void {
  const tags = ['好差评']
  app.get(
    '/cases/:id/rating',
    {
      config: { access: 'session', delegable: 'bundle' },
      schema: { summary: '评价的五级、标签与已给的评价', tags, params: IdParams, response: { 200: RatingForm } }
    },
    (request) => ratingForm(deps, acting(request), request.params.id)
  )
  app.put(
    '/cases/:id/rating',
    {
      config: { access: 'session', delegable: 'bundle', problems: ['already_rated', 'illegal_transition'] },
      schema: { summary: '评价，或在期限内改一次', tags, params: IdParams, body: GiveRating, response: { 200: RatingForm } }
    },
    async (request) => {
      await rate(deps, acting(request), request.params.id, request.body)
      return ratingForm(deps, acting(request), request.params.id)
    }
  )
}
