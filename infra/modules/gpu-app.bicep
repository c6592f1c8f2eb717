// The inference app as a container on serverless GPU, an option: Functions on Container Apps, from zero replicas.

@description('The app\'s name.')
param name string

@description('Azure\'s name of the region; it must offer the GPU profile.')
param location string

@description('Tags of every resource.')
param tags object

@description('The image; a placeholder until the first deployment.')
param image string

@description('The registry\'s host name.')
param registryHost string

@description('The inference app\'s identity: resource id.')
param identityId string

@description('Settings by name.')
param settings object

@description('The kind of machine.')
@allowed(['Consumption-GPU-NC8as-T4', 'Consumption-GPU-NC24-A100'])
param profile string

@description('vCPUs of a replica: all that the kind of machine has.')
param cpus int

@description('Memory of a replica, such as 56Gi.')
param memory string

@description('Most replicas; each is a GPU that bills while it runs.')
@minValue(1)
param maxReplicas int

@description('The workspace of the logs: resource id.')
param workspaceId string

@description('The subnet; empty: none.')
param subnetId string

resource environment 'Microsoft.App/managedEnvironments@2025-07-01' = {
  name: 'cae-${name}'
  location: location
  tags: tags
  properties: {
    appLogsConfiguration: {
      destination: 'azure-monitor'
    }
    vnetConfiguration: empty(subnetId) ? null : {
      infrastructureSubnetId: subnetId
      internal: false
    }
    workloadProfiles: [
      {
        name: 'Consumption'
        workloadProfileType: 'Consumption'
      }
      {
        name: 'gpu'
        workloadProfileType: profile
      }
    ]
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: environment
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        categoryGroup: 'allLogs'
        enabled: true
      }
    ]
  }
}

resource app 'Microsoft.App/containerApps@2025-07-01' = {
  name: name
  location: location
  tags: tags
  kind: 'functionapp'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: environment.id
    workloadProfileName: 'gpu'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        allowInsecure: false
        targetPort: 80
      }
      registries: [
        {
          server: registryHost
          identity: identityId
        }
      ]
    }
    template: {
      containers: [
        {
          name: 'inference'
          image: image
          env: [for setting in items(settings): {
            name: setting.key
            value: setting.value
          }]
          resources: {
            cpu: cpus
            memory: memory
          }
        }
      ]
      scale: {
        minReplicas: 0
        maxReplicas: maxReplicas
      }
    }
  }
}

@description('The app\'s address.')
output url string = 'https://${app.properties.configuration.ingress.fqdn}'
