import type { Knex } from 'knex'
import { runStatements } from './statements.ts'

/** The columns of a site and of a risk that a list of a past day shows or goes by. */
const STATE_COLUMNS = {
  site: `id, feature_id, row_key, name, credit_code, kind, sector, risk_level, area_code, area_basis, address,
    responsible_unit, responsible_person, responsible_phone, geom, coordinate_text, coordinate_system, is_example,
    import_id, version, created_at, updated_at, retired_at, exposed_people, exposure`,
  risk: `id, row_key, site_id, name, kind, hazard_factors, accident_types, method, inputs, score, level,
    engineering_controls, management_controls, training_controls, protection_controls, emergency_controls,
    control_level, responsible_unit, responsible_person, check_frequency, assessed_on, is_example, import_id, version,
    created_at, updated_at, retired_at, unit_id, clause_id, arithmetic, residual_level, assessed_by, next_review_on,
    supersedes_id`,
}

/**
 * A table of every row that ever stood in another one, kept by the database itself: `recorded_from` is when the row came
 * to stand so, `recorded_to` when it ceased to. The moment is that of the row's `updated_at`, never before its last.
 */
const keepStates = (thing: 'site' | 'risk') => `
    create table ${thing}_states (
      like ${thing}s including constraints,
      recorded_from timestamptz not null,
      recorded_to timestamptz,
      primary key (id, recorded_from),
      foreign key (id) references ${thing}s (id),
      check (recorded_to is null or recorded_to > recorded_from)
    );
    create index ${thing}_states_recorded on ${thing}_states (recorded_from, recorded_to);
    create index ${thing}_states_version on ${thing}_states (id, version);
    create function keep_${thing}_state() returns trigger language plpgsql as $$
    declare
      moment timestamptz;
    begin
      if tg_op = 'UPDATE' and new is not distinct from old then
        return null;
      end if;
      select greatest(new.updated_at, max(recorded_from) + interval '1 microsecond') into moment
        from ${thing}_states where id = new.id;
      moment := coalesce(moment, new.updated_at);
      update ${thing}_states set recorded_to = moment where id = new.id and recorded_to is null;
      insert into ${thing}_states (${STATE_COLUMNS[thing]}, recorded_from)
        values (${STATE_COLUMNS[thing]
          .split(',')
          .map((column) => `new.${column.trim()}`)
          .join(', ')}, moment);
      return null;
    end $$;
    insert into ${thing}_states (${STATE_COLUMNS[thing]}, recorded_from)
      select ${STATE_COLUMNS[thing]}, updated_at from ${thing}s;
    create trigger ${thing}s_keep_state after insert or update on ${thing}s
      for each row execute function keep_${thing}_state();`

export async function up(db: Knex): Promise<void> {
  await runStatements(
    db,
    `
    ${keepStates('site')}
    alter table site_states add foreign key (area_code) references areas (code) on update cascade;
    create index site_states_geom on site_states using gist (geom);
    ${keepStates('risk')}
    create index risk_states_site on risk_states (site_id);

    -- valid_from tells when something was so; these tell when the system knew it. Of a past that a ledger told of
    -- afterwards the two are equal: it never stood in the list.
    alter table hazard_states
      add column recorded_from timestamptz,
      add column recorded_to timestamptz;
    update hazard_states set
      recorded_from = greatest(hazard_states.valid_from, hazards.created_at),
      recorded_to = case when hazard_states.valid_to is not null
        then greatest(hazard_states.valid_to, hazards.created_at) end
      from hazards where hazards.id = hazard_states.id;
    alter table hazard_states
      alter column recorded_from set not null,
      add check (recorded_to is null or recorded_to >= recorded_from);
    create index hazard_states_recorded on hazard_states (recorded_from, recorded_to);
    create index hazard_states_version on hazard_states (id, version);
  `,
  )
}
