import type { Catalogue } from '../../../catalogue/load'
import { resolveBundle } from '../../../catalogue/load'
import type { BundleCard, CatalogueIndex } from '../../../contract/catalogue'
import { answerCombinations } from '../../../domain/bundle/combinations'
import { plan } from '../../../domain/bundle/plan'
import type { Plan } from '../../../domain/bundle/plan-types'
import type { ResolvedBundle } from '../../../domain/bundle/types'
import type { WorkCalendar } from '../../../domain/calendar/types'

/** Savings don't hang on the day, so that any one will do. */
const anyDay = Date.UTC(2026, 0, 5)

const saved = ({ single, bundled }: { single: number; bundled: number }) => Math.max(0, single - bundled)

/** The most that any combination of answers saves against doing the matters one by one; each of the four on its own. */
function largestSavings(bundle: ResolvedBundle, { clock }: Catalogue, calendar: WorkCalendar): BundleCard['savings'] {
  const largest = { applications: 0, materials: 0, workdays: 0, visits: 0 }
  for (const answers of answerCombinations(bundle)) {
    const { savings }: Plan = plan(bundle, { answers, picks: [], holdings: null, now: anyDay, calendar, parameters: clock })
    largest.applications = Math.max(largest.applications, saved(savings.applications))
    largest.materials = Math.max(largest.materials, saved(savings.materials))
    largest.workdays = Math.max(largest.workdays, saved(savings.workdays))
    largest.visits = Math.max(largest.visits, saved(savings.visits))
  }
  return largest
}

function cardOf(bundle: ResolvedBundle, catalogue: Catalogue, calendar: WorkCalendar): BundleCard {
  const { id, name, fullName, audience, stage, summary, who, minutes } = bundle
  const savings = largestSavings(bundle, catalogue, calendar)
  return { id, name, fullName, audience, stage, summary, who, minutes, matterCount: bundle.matters.length, savings }
}

/** The front page of the catalogue: city, stages in order, a card for each bundle. */
export function catalogueIndex(catalogue: Catalogue, revision: string, calendar: WorkCalendar): CatalogueIndex {
  const { name, appName, divisionCode, hotline, demo } = catalogue.city
  const bundles = Object.keys(catalogue.bundles)
    .map((id) => resolveBundle(catalogue, id))
    .filter((bundle) => bundle !== undefined)
  return {
    revision,
    city: { name, appName, divisionCode, hotline },
    demo,
    stages: catalogue.stages.map(({ id, name: stageName, audience, icon, bundles: listed, elsewhere }) => ({
      id,
      name: stageName,
      audience,
      icon: icon ?? null,
      bundles: listed,
      elsewhere: elsewhere ?? null
    })),
    bundles: bundles.map((bundle) => cardOf(bundle, catalogue, calendar))
  }
}
