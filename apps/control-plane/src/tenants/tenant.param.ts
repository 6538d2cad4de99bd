import { Injectable, Param, type PipeTransform } from '@nestjs/common'
import type { TenantView } from './tenant.ts'
import { Tenants } from './tenants.service.ts'

@Injectable()
class FindTenant implements PipeTransform<string, Promise<TenantView>> {
  constructor(private readonly tenants: Tenants) {}

  transform(idOrSlug: string): Promise<TenantView> {
    return this.tenants.find(idOrSlug)
  }
}

/** The tenant that `:tenant` names, by id or slug; 404 when there is none. */
export const TenantParam = (): ParameterDecorator => Param('tenant', FindTenant)
