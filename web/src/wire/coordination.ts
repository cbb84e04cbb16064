/** What the Conductor says, as the orchestra specification prints it. */

export interface Service {
  component_id: string;
  component: string;
  version: string;
  port: number;
  status: string;
  capabilities: string[];
  last_heartbeat: string;
}

export interface Services {
  services: Service[];
}

export interface DashboardComponent {
  component_id: string;
  status: string;
  uptime_seconds: number;
  last_heartbeat: string;
}

export interface Dashboard {
  timestamp: string;
  overall_status: string;
  components: DashboardComponent[];
}

export interface OrchestraEvent {
  event: string;
  data: Record<string, unknown>;
  id: string;
  revision: number;
  occurred_at: string;
}

export interface OrchestraEvents {
  events: OrchestraEvent[];
  /** The position to go on from. */
  next_after: string;
}
