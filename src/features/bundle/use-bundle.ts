import type { BundleDetail } from '../../../contract/catalogue'
import { readBundle } from '../../api/catalogue'
import { useResource, type Resource } from '../../api/resource'

/** One bundle with all that the device needs to branch and to name things. */
export function useBundle(bundleId: string | undefined): Resource<BundleDetail> {
  return useResource(bundleId ? `public/bundles/${bundleId}` : null, () => readBundle(bundleId ?? ''))
}
