import { readCatalogue } from '../../../api/catalogue'
import { useResource } from '../../../api/resource'
import { useParams } from '../../../platform/navigation'

/** One stage of a life with its bundles. */
export function useStage() {
  const { id } = useParams()
  const catalogue = useResource('public/catalogue', readCatalogue)
  const stage = catalogue.data?.stages.find((one) => one.id === id)
  return { catalogue, stage, bundles: (catalogue.data?.bundles ?? []).filter((bundle) => stage?.bundles.includes(bundle.id)) }
}
