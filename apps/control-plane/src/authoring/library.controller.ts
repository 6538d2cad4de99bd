import { Body, Controller, Get, Param, Put } from '@nestjs/common'
import { name } from '../http/validation.ts'
import { Library, type LibraryView } from './library.service.ts'
import { procedureSource, type VersionView } from './source.ts'

@Controller('v1/library/procedures')
export class LibraryController {
  constructor(private readonly library: Library) {}

  @Get()
  async list(): Promise<{ items: LibraryView[] }> {
    return { items: await this.library.list() }
  }

  @Put(':id')
  put(
    @Param('id', { schema: name }) id: string,
    @Body({ schema: procedureSource }) source: string,
  ): Promise<VersionView> {
    return this.library.put(id, source)
  }
}
